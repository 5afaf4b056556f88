package dev.dumpkeeper.console;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.sun.net.httpserver.HttpExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.lab.Lab;

import static dev.dumpkeeper.console.Colleague.location;
import static dev.dumpkeeper.console.Colleague.path;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An identity provider that is away, slow, or lies: nobody gets in by it, everybody is
 * reported on the sign-in page, and the users file stays as the way in.
 */
class ConsoleOidcHostileIntegrationTests {

	private static final String DESCRIPTION = "/.well-known/openid-configuration";

	private PretendProvider provider;

	private ConsoleLab lab;

	private int addresses;

	@BeforeEach
	void start() {
		this.provider = PretendProvider.start();
		this.lab = lab(this.provider.properties());
	}

	@AfterEach
	void stop() {
		this.lab.close();
		this.provider.close();
	}

	private static ConsoleLab lab(String[] properties) {
		return ConsoleLab.start(ConsoleLab.database(),
				Stream.concat(Stream.of(properties), Stream.of("dumpkeeper.security.users-file=" + ConsoleLab.users(),
						"dumpkeeper.security.trusted-proxies=127\\.0\\.0\\.1"))
					.toArray(String[]::new));
	}

	@Test
	void itIsNotAskedBeforeSomebodySignsInAndThenOnce() {
		assertThat(this.provider.asked()).isZero();
		assertThat(new Colleague(this.lab).get("/console/sign-in").body()).contains("/console/sign-in/oidc");
		assertThat(this.provider.asked()).isZero();
		location(new Colleague(this.lab).get("/console/sign-in/oidc"));
		location(new Colleague(this.lab).get("/console/sign-in/oidc"));
		assertThat(this.provider.asked()).isOne();
	}

	@Test
	void itsTruthLetsSomebodyIn() {
		assertThat(end()).isEqualTo("/console");
	}

	@Test
	void groupsMayStandInTheUserInfoOnly() {
		this.provider.claims((claims) -> claims.claim("groups", null))
			.instead("/user", PretendProvider.json(Map.of("sub", "subject", "groups", List.of("platform-oncall"))));
		assertThat(end()).isEqualTo("/console");
		this.provider.instead("/user",
				PretendProvider.json(Map.of("sub", "another", "groups", List.of("platform-oncall"))));
		assertThat(end()).startsWith("/console/sign-in?provider");
	}

	@Test
	void aLieInAnIdTokenLetsNobodyIn() {
		long before = sessions();
		Map<String, Runnable> lies = new LinkedHashMap<>();
		lies.put("of another sign-in", () -> this.provider.claims((claims) -> claims.claim("nonce", "another")));
		lies.put("without a nonce", () -> this.provider.claims((claims) -> claims.claim("nonce", null)));
		lies.put("for another client", () -> this.provider.claims((claims) -> claims.audience("another")));
		lies.put("of another issuer", () -> this.provider.claims((claims) -> claims.issuer("https://evil.example")));
		lies.put("expired",
				() -> this.provider.claims((claims) -> claims.issueTime(new Date(0)).expirationTime(new Date(1))));
		lies.put("without a subject", () -> this.provider.claims((claims) -> claims.subject(null)));
		lies.put("by another key",
				() -> this.provider.signer((claims) -> PretendProvider.signed(claims, PretendProvider.rsa())));
		lies.put("unsigned", () -> this.provider.signer(PretendProvider::unsigned));
		lies.put("by the client's secret", () -> this.provider
			.signer((claims) -> PretendProvider.signedBySecret(claims, IdentityProvider.SECRET.getBytes())));
		lies.put("by the public key", () -> this.provider.signer((claims) -> {
			try {
				return PretendProvider.signedBySecret(claims, this.provider.key().toRSAPublicKey().getEncoded());
			}
			catch (JOSEException ex) {
				throw new IllegalStateException(ex);
			}
		}));
		lies.forEach((lie, tell) -> {
			this.provider.reset();
			tell.run();
			assertThat(end()).as(lie).startsWith("/console/sign-in?provider");
		});
		assertThat(sessions()).isEqualTo(before);
	}

	@Test
	void garbageIsReportedOnTheSignInPage() {
		Map<String, Consumer<HttpExchange>> garbage = new LinkedHashMap<>();
		garbage.put("", PretendProvider.text(200, ""));
		garbage.put("a list", PretendProvider.text(200, "[1, 2]"));
		garbage.put("a page", PretendProvider.text(200, "<html>"));
		garbage.put("an error", PretendProvider.text(500, "{}"));
		garbage.put("deep", PretendProvider.text(200, "{\"a\":".repeat(20_000)));
		garbage.put("long", PretendProvider.text(200, "{\"a\":\"" + "x".repeat(2 << 20) + "\"}"));
		garbage.put("another status", PretendProvider.text(999, "{}"));
		garbage.put("of other types", PretendProvider.text(200,
				"{\"id_token\":{},\"access_token\":[],\"keys\":7,\"token_type\":\"Bearer\"}"));
		for (String path : List.of("/token", "/keys")) {
			garbage.forEach((name, answer) -> {
				this.provider.reset().instead(path, answer);
				assertThat(end()).as(path + " " + name).matches("/console/sign-in\\?(away|provider).*");
			});
		}
	}

	@Test
	void aDescriptionThatCannotBeUsedIsReportedOnTheSignInPage() {
		Map<String, Object> other = this.provider.description();
		other.put("issuer", "https://evil.example");
		Map<String, Object> script = this.provider.description();
		script.put("authorization_endpoint", "javascript:alert(1)");
		Map<String, Object> plain = this.provider.description();
		plain.put("token_endpoint", "http://evil.example/token");
		for (Object description : List.of(other, script, plain, Map.of(), List.of(1), "text")) {
			this.provider.reset().instead(DESCRIPTION, PretendProvider.json(description));
			try (ConsoleLab fresh = lab(this.provider.properties())) {
				HttpResponse<String> begun = new Colleague(fresh).get("/console/sign-in/oidc?to=/console/audit");
				assertThat(path(begun)).as("%s", description)
					.isEqualTo("/console/sign-in?provider&to=%2Fconsole%2Faudit");
			}
		}
	}

	@Test
	void aProviderThatIsAwayKeepsNobodyFromStartingNorFromTheUsersFile() {
		try (ConsoleLab without = lab(
				new String[] { "dumpkeeper.console.oidc.issuer=http://localhost:" + Lab.freePort(),
						"dumpkeeper.console.oidc.client-id=c", "dumpkeeper.console.oidc.client-secret=a-secret",
						"dumpkeeper.console.oidc.viewers=v" })) {
			Colleague otto = new Colleague(without);
			HttpResponse<String> begun = otto.get("/console/sign-in/oidc");
			assertThat(path(begun)).isEqualTo("/console/sign-in?away&to=%2Fconsole");
			assertThat(otto.get(location(begun)).body()).contains("The identity provider does not answer.",
					"users file still work", "name=\"password\"");
			otto.inByPassword(ConsoleLab.OPERATOR, ConsoleLab.OPERATORS_PASSWORD);
			assertThat(otto.get("/console").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void aProviderThatNeverAnswersHoldsFewThreadsForAFewSeconds() throws Exception {
		this.provider.instead(DESCRIPTION, PretendProvider.never(true));
		int many = 60;
		ExecutorService browsers = Executors.newFixedThreadPool(many);
		try {
			long begun = System.nanoTime();
			List<CompletableFuture<String>> all = IntStream.range(0, many)
				.mapToObj((i) -> CompletableFuture
					.supplyAsync(() -> path(new Colleague(this.lab).get("/console/sign-in/oidc")), browsers))
				.toList();
			Colleague otto = new Colleague(this.lab).inByPassword(ConsoleLab.OPERATOR, ConsoleLab.OPERATORS_PASSWORD);
			assertThat(otto.get("/console").statusCode()).isEqualTo(200);
			List<String> ends = all.stream().map(CompletableFuture::join).toList();
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
			assertThat(ends).allMatch((end) -> end.matches("/console/sign-in\\?(busy|away)&.*"))
				.anyMatch((end) -> end.contains("?busy"))
				.anyMatch((end) -> end.contains("?away"));
		}
		finally {
			browsers.shutdownNow();
		}
	}

	@Test
	void itsKeysAndTokensHaveATimeToo() {
		for (String path : List.of("/token", "/keys")) {
			this.provider.reset().instead(path, PretendProvider.never(path.equals("/keys")));
			long begun = System.nanoTime();
			assertThat(end()).as(path).startsWith("/console/sign-in?away");
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
		}
	}

	@Test
	void whatItRefusesIsReported() {
		Colleague mallory = new Colleague(this.lab);
		URI back = this.provider.back(location(mallory.get("/console/sign-in/oidc")));
		URI denied = URI.create(back.toString().replace("code=code", "error=access_denied&error_description=%3Cb%3E"));
		HttpResponse<String> end = mallory.get(denied);
		assertThat(path(end)).startsWith("/console/sign-in?denied");
		assertThat(mallory.get(location(end)).body()).contains("did not let you in").doesNotContain("<b>");
	}

	@Test
	void whoTriesTooOftenIsStopped() {
		Colleague mallory = new Colleague(this.lab);
		int tried = 0;
		long begun = System.nanoTime();
		while (tried < 200 && path(mallory.get("/console/sign-in/oidc/callback?code=c&state=" + tried))
			.startsWith("/console/sign-in?stale")) {
			tried++;
		}
		// A minute gives ten back.
		assertThat((long) tried).isBetween(10L, 11 + Duration.ofNanos(System.nanoTime() - begun).toSeconds() / 6);
		assertThat(path(mallory.get("/console/sign-in/oidc/callback?code=c&state=s")))
			.startsWith("/console/sign-in?later");
		assertThat(this.provider.asked()).isZero();
		assertThat(this.lab.jdbc()
			.queryForObject("SELECT COUNT(*) FROM audit_event WHERE outcome LIKE '%refused: stale'", Long.class))
			.isBetween(1L, 4L);
	}

	/** Where somebody ends who begins now. */
	private String end() {
		// Ten failures a minute are an address's.
		Colleague mallory = new Colleague(this.lab).from("10.0.0." + ++this.addresses);
		HttpResponse<String> end = mallory
			.get(this.provider.back(location(mallory.get("/console/sign-in/oidc?to=/console"))));
		assertThat(mallory.get("/console").statusCode()).isEqualTo(path(end).equals("/console") ? 200 : 302);
		return path(end);
	}

	private long sessions() {
		Long count = this.lab.jdbc().queryForObject("SELECT COUNT(*) FROM SPRING_SESSION", Long.class);
		return (count != null) ? count : 0;
	}

}
