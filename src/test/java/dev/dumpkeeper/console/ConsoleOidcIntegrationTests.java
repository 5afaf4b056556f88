package dev.dumpkeeper.console;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.session.FindByIndexNameSessionRepository;

import dev.dumpkeeper.lab.Lab;

import static dev.dumpkeeper.console.Colleague.location;
import static dev.dumpkeeper.console.Colleague.path;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signing in to the console by a real identity provider.
 */
class ConsoleOidcIntegrationTests {

	private static final String DATABASE = ConsoleLab.database();

	private static final String USERS = "dumpkeeper.security.users-file=" + ConsoleLab.users();

	private static IdentityProvider provider;

	private static ConsoleLab lab;

	@BeforeAll
	static void start() {
		int port = Lab.freePort();
		provider = IdentityProvider.start(URI.create("http://127.0.0.1:" + port));
		lab = lab(port);
		lab.fill();
	}

	@AfterAll
	static void stop() {
		if (lab != null) {
			lab.close();
		}
		provider.close();
	}

	private static ConsoleLab lab(int port, String... more) {
		return ConsoleLab.start(DATABASE, join(join(provider.properties(), more), USERS, "server.port=" + port));
	}

	@Test
	void whoseGroupIsAnOperatorsComesToWhereHeWanted() {
		Colleague erika = new Colleague(lab);
		HttpResponse<String> form = erika.get("/console/sign-in?to=/console/dumps/1");
		assertThat(form.body()).contains("href=\"/console/sign-in/oidc?to=/console/dumps/1\"", "Single sign-on",
				"name=\"password\"");
		HttpResponse<String> in = erika.in("erika", "/console/dumps/1");
		assertThat(path(in)).isEqualTo("/console/dumps/1");
		assertThat(erika.get("/console/dumps/1").body()).contains("oidc:erika", "/console/dumps/1/hold");
		assertThat(texts("SELECT CONCAT(who, ' ', action, ' ', target, ' ', outcome) FROM audit_event"))
			.contains("oidc:erika sign-in /console by the identity provider, subject subject-of-erika accepted");
		assertThat(erika
			.submit(erika.get("/console/dumps/2"), "/console/dumps/2/hold",
					Map.of("time", "7d", "reason", "by single sign-on"))
			.statusCode()).isEqualTo(302);
		assertThat(texts("SELECT held_by FROM dump WHERE id = 2")).isEqualTo("oidc:erika");
	}

	@Test
	void aViewersGroupMayOnlyRead() {
		Colleague hans = new Colleague(lab);
		hans.in("hans", "/console");
		HttpResponse<String> page = hans.get("/console/dumps/1");
		assertThat(page.body()).contains("oidc:hans").doesNotContain("/console/dumps/1/hold");
		assertThat(hans.submit(page, "/console/dumps/1/hold", Map.of("time", "7d", "reason", "by hans")).statusCode())
			.isEqualTo(403);
	}

	@Test
	void aUserWithoutAGroupIsRefusedWithTheReason() {
		Colleague nobody = new Colleague(lab);
		long before = sessions();
		HttpResponse<String> in = nobody.in("nobody", "/console/dumps/1");
		assertThat(path(in)).isEqualTo("/console/sign-in?role&to=%2Fconsole%2Fdumps%2F1");
		assertThat(nobody.get(location(in)).body()).contains("none of your groups has a role here");
		assertThat(nobody.get("/console").statusCode()).isEqualTo(302);
		assertThat(sessions()).isEqualTo(before);
		assertThat(texts("SELECT CONCAT(who, ' ', target, ' ', outcome) FROM audit_event")).contains(
				"oidc:nobody /console by the identity provider, subject subject-of-nobody refused: no group with a role");
	}

	@Test
	void aSignInHasAStateANonceAndAChallenge() {
		String provider = location(new Colleague(lab).get("/console/sign-in/oidc")).getRawQuery();
		assertThat(provider).containsPattern("(^|&)state=[\\w%-]{20,}")
			.containsPattern("(^|&)nonce=[\\w%-]{20,}")
			.containsPattern("(^|&)code_challenge=[\\w-]{43}(&|$)")
			.contains("code_challenge_method=S256", "response_type=code", "scope=openid%20profile");
	}

	@Test
	void aStrangerWhoBeginsLeavesNoSessionBehind() {
		long before = sessions();
		Colleague stranger = new Colleague(lab);
		stranger.get("/console/sign-in/oidc");
		stranger.get("/console/sign-in/oidc/callback?code=guess&state=guess");
		assertThat(sessions()).isEqualTo(before);
	}

	@Test
	void whatLeadsBackServesOnlyTheBrowserThatBegan() {
		Colleague erika = new Colleague(lab);
		URI back = erika.back("erika", "/console");
		// In another browser, and in one that began a sign-in of its own.
		Colleague thief = new Colleague(lab);
		assertThat(path(thief.get(back))).startsWith("/console/sign-in?stale");
		thief.get("/console/sign-in/oidc");
		assertThat(path(thief.get(back))).startsWith("/console/sign-in?stale");
		assertThat(thief.get("/console").statusCode()).isEqualTo(302);
		String begun = erika.cookie("dumpkeeper-oidc");
		assertThat(path(erika.get(back))).isEqualTo("/console");
		// And once.
		assertThat(erika.cookie("dumpkeeper-oidc")).isEmpty();
		erika.give("dumpkeeper-oidc", begun, "/console/sign-in/oidc");
		assertThat(path(erika.get(back))).startsWith("/console/sign-in?provider");
		// A cookie that somebody else made.
		thief.give("dumpkeeper-oidc", begun.replaceFirst("..$", "AA"), "/console/sign-in/oidc");
		assertThat(path(thief.get(back))).startsWith("/console/sign-in?stale");
	}

	@Test
	void aSignInLeadsNobodyAway() {
		HttpResponse<String> in = new Colleague(lab).in("erika", "https://evil.example/");
		assertThat(path(in)).isEqualTo("/console");
	}

	@Test
	void aSignInHasANewSession() {
		Colleague both = new Colleague(lab).inByPassword(ConsoleLab.VIEWER, ConsoleLab.VIEWERS_PASSWORD);
		String planted = both.session();
		both.in("erika", "/console");
		assertThat(both.session()).isNotEqualTo(planted);
		assertThat(count("SELECT COUNT(*) FROM SPRING_SESSION WHERE SESSION_ID = ?", planted)).isZero();
		assertThat(both.get("/console").body()).contains("oidc:erika");
		// And back: nothing of the provider's is left.
		both.inByPassword(ConsoleLab.VIEWER, ConsoleLab.VIEWERS_PASSWORD);
		assertThat(both.get("/console").body()).contains(ConsoleLab.VIEWER).doesNotContain("oidc:erika");
		assertThat(count("SELECT COUNT(*) FROM SPRING_SESSION_ATTRIBUTES a JOIN SPRING_SESSION s ON s.PRIMARY_ID ="
				+ " a.SESSION_PRIMARY_ID WHERE s.SESSION_ID = ? AND ATTRIBUTE_NAME IN ('subject', 'groups', 'seal', 'token')",
				both.session()))
			.isZero();
	}

	@Test
	void whoSignsOutIsOut() {
		Colleague erika = new Colleague(lab);
		erika.in("erika", "/console");
		String session = erika.session();
		URI signedIn = location(erika.get("/console/sign-in/oidc"));
		assertThat(location(erika.get(signedIn)).getPath()).as("the provider knows her").endsWith("/callback");
		HttpResponse<String> out = erika.submit(erika.get("/console"), "/console/sign-out", Map.of());
		assertThat(erika.get("/console").statusCode()).isEqualTo(302);
		assertThat(count("SELECT COUNT(*) FROM SPRING_SESSION WHERE SESSION_ID = ?", session)).isZero();
		assertThat(out.headers().allValues("Location")).singleElement()
			.asString()
			.startsWith(provider.issuer() + "/connect/logout?id_token_hint=ey");
		HttpResponse<String> back = erika.get(location(out));
		assertThat(location(back)).isEqualTo(lab.address("/console/sign-in?out"));
		assertThat(location(erika.get(location(erika.get("/console/sign-in/oidc")))).getPath())
			.as("it knows her no more")
			.isEqualTo("/login");
	}

	@Test
	void whoCameByAPasswordSignsOutHereOnly() {
		Colleague vera = new Colleague(lab).inByPassword(ConsoleLab.VIEWER, ConsoleLab.VIEWERS_PASSWORD);
		assertThat(path(vera.submit(vera.get("/console"), "/console/sign-out", Map.of())))
			.isEqualTo("/console/sign-in?out");
	}

	@Test
	void aSessionIsServedByAnyReplicaAndOutlivesARestart() {
		Colleague erika = new Colleague(lab);
		URI back = erika.back("erika", "/console");
		int port = Lab.freePort();
		try (ConsoleLab other = lab(port)) {
			// What the one began the other ends.
			HttpResponse<String> in = erika.get(other.address(back.getRawPath() + "?" + back.getRawQuery()));
			assertThat(path(in)).isEqualTo("/console");
			assertThat(erika.get("/console").body()).contains("oidc:erika");
			assertThat(erika.get(other.address("/console")).body()).contains("oidc:erika");
		}
		try (ConsoleLab again = lab(port)) {
			assertThat(erika.get(again.address("/console")).body()).contains("oidc:erika");
		}
		// Groups mean what they mean now.
		try (ConsoleLab changed = lab(port, "dumpkeeper.console.oidc.operators=others",
				"dumpkeeper.console.oidc.viewers=platform-oncall")) {
			assertThat(erika.get(changed.address("/console/dumps/1")).body()).contains("oidc:erika")
				.doesNotContain("/console/dumps/1/hold");
		}
		try (ConsoleLab changed = lab(port, "dumpkeeper.console.oidc.operators=others")) {
			assertThat(erika.get(changed.address("/console")).statusCode()).isEqualTo(302);
		}
		try (ConsoleLab changed = lab(port, "dumpkeeper.console.oidc.client-secret=another")) {
			assertThat(erika.get(changed.address("/console")).statusCode()).isEqualTo(302);
		}
	}

	@Test
	void nobodyWhoWritesToTheDatabaseMakesAnOperator() {
		String id = UUID.randomUUID().toString();
		long now = System.currentTimeMillis();
		lab.jdbc()
			.update("INSERT INTO SPRING_SESSION VALUES (?, ?, ?, ?, 3600, ?, 'oidc:erika')", id, id, now, now,
					now + 3_600_000L);
		Map.of(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "oidc:erika", "subject", "subject-of-erika",
				"groups", "platform-oncall", "seal", "AAAA")
			.forEach((name, value) -> lab.jdbc()
				.update("INSERT INTO SPRING_SESSION_ATTRIBUTES VALUES (?, ?, ?)", id, name,
						value.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
		Colleague thief = new Colleague(lab);
		thief.give("dumpkeeper-session", java.util.Base64.getEncoder().encodeToString(id.getBytes()), "/");
		assertThat(thief.get("/console").statusCode()).isEqualTo(302);
	}

	@Test
	void theProviderAloneIsEnoughForAConsole() {
		int port = Lab.freePort();
		try (IdentityProvider own = IdentityProvider.start(URI.create("http://127.0.0.1:" + port));
				ConsoleLab alone = ConsoleLab.start(ConsoleLab.database(),
						join(own.properties(), "server.port=" + port))) {
			Colleague erika = new Colleague(alone);
			assertThat(erika.get("/console/sign-in").body()).contains("/console/sign-in/oidc")
				.doesNotContain("name=\"password\"");
			assertThat(path(erika.in("erika", "/console"))).isEqualTo("/console");
			assertThat(erika.get("/console").body()).contains("oidc:erika");
		}
	}

	private static String[] join(String[] first, String... more) {
		return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
	}

	private static long sessions() {
		return count("SELECT COUNT(*) FROM SPRING_SESSION");
	}

	private static long count(String sql, Object... arguments) {
		Long count = lab.jdbc().queryForObject(sql, Long.class, arguments);
		return (count != null) ? count : 0;
	}

	private static String texts(String sql) {
		return String.join("\n", lab.jdbc().queryForList(sql, String.class));
	}

}
