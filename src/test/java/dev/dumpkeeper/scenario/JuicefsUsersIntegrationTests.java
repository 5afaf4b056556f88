package dev.dumpkeeper.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.GatewayUsers;
import dev.dumpkeeper.lab.JuicefsGateway;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Users of JuiceFS's gateway that have the rights of k8s/juicefs/policies and no others.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("sites")
@EnabledIf(value = "dev.dumpkeeper.lab.JuicefsGateway#available",
		disabledReason = "no juicefs on the PATH or in JUICEFS_BINARIES")
class JuicefsUsersIntegrationTests {

	private static final Path POLICIES = Path.of("k8s/juicefs/policies");

	private static final String SECRET = "secret-of-the-trial";

	private static final byte[] DUMP = HeapDumps.complete(Instant.parse("2026-11-01T10:00:00Z"));

	@Parameter
	private Site site;

	private String database;

	static List<Site> sites() {
		return JuicefsGateway.binaries()
			.stream()
			.map((binary) -> Site.juicefs(binary, false))
			.flatMap((site) -> Stream.of(site, site.listedInMetadata()))
			.toList();
	}

	@BeforeParameterizedClassInvocation
	static void start(Site site) {
		site.start((volumes) -> volumes.old(30, (i) -> "pass/dumpfiles/%02d.hprof".formatted(i))
			.old("pass/dumpfiles/pod/old.hprof", "pass/logs/app.log", "pass/pass/logs/app.log")
			.young("marker/dumpfiles/young.hprof")
			.old("marker/dumpfiles/old.hprof", "link/dumpfiles/old.hprof"));
		GatewayUsers users = new GatewayUsers(site.endpoint());
		for (String user : List.of("dumpkeeper-pass", "dumpkeeper-marker", "dumpkeeper-link")) {
			users.add(user, SECRET, policy(user));
		}
	}

	@BeforeEach
	void open() {
		this.database = DatabaseServer.shared().migratedDatabase("users");
	}

	@Test
	void aPassAnnouncesDeletesAndMarksAndItsLinksEndWithTheirOwnKey() {
		GatewayUsers users = new GatewayUsers(this.site.endpoint());
		users.add("link-to-end", SECRET, policy("dumpkeeper-link"));
		Dumpkeeper dumpkeeper = as("dumpkeeper-pass").with("dumpkeeper.gateway.presign.access-key", "link-to-end")
			.with("dumpkeeper.gateway.presign.secret-key", SECRET);
		Result swept = dumpkeeper.run("maintenance", "--volume", "pass");
		assertThat(swept.exitCode()).as(swept.out() + swept.err()).isZero();
		assertThat(swept.count("pass", "expired")).isEqualTo(31);
		assertThat(this.site.files("pass")).containsExactly("dumpfiles/.keep", "logs/app.log", "pass/logs/app.log");
		this.site.write("pass/dumpfiles/dev_shop-0_heapDump.hprof", DUMP, Site.YOUNG);
		try (FakeRobot robot = FakeRobot.start()) {
			Result announced = dumpkeeper.with("dumpkeeper.wecom.webhook-url", robot.url())
				.run("maintenance", "--volume", "pass");
			assertThat(announced.exitCode()).as(announced.out() + announced.err()).isZero();
			URI link = link(robot.delivered().toString());
			assertThat(link.getQuery()).contains("X-Amz-Credential=link-to-end/");
			HttpResponse<byte[]> answer = get(link);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.body()).isEqualTo(DUMP);
			users.disable("link-to-end");
			assertThat(get(link).statusCode()).isEqualTo(403);
			Result next = dumpkeeper.run("maintenance", "--volume", "pass");
			assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
		}
	}

	@Test
	void theKeyOfMarkersWritesThemAndDeletesNothing() {
		Dumpkeeper dumpkeeper = as("dumpkeeper-marker");
		assertThat(dumpkeeper.run("keep-marker", "--volume", "marker").exitCode()).isZero();
		assertThat(this.site.files("marker")).containsExactly("dumpfiles/.keep", "dumpfiles/old.hprof",
				"dumpfiles/young.hprof");
		assertThat(dumpkeeper.run("maintenance", "--volume", "marker").exitCode()).isNotZero();
		assertThat(this.site.files("marker")).hasSize(3);
	}

	@Test
	void theKeyOfLinksListsAndDeletesNothing() {
		Result result = as("dumpkeeper-link").run("maintenance", "--volume", "link");
		assertThat(result.exitCode()).as(result.out()).isEqualTo(6);
		assertThat(this.site.files("link")).containsExactly("dumpfiles/old.hprof");
	}

	private Dumpkeeper as(String user) {
		return this.site.configure(Dumpkeeper.on(this.site.endpoint()))
			.database(DatabaseServer.shared(), this.database)
			.with("dumpkeeper.gateway.access-key", user)
			.with("dumpkeeper.gateway.secret-key", SECRET);
	}

	private static URI link(String text) {
		Matcher matcher = Pattern.compile("\\((http[^)]*X-Amz-Credential[^)]*)\\)").matcher(text);
		assertThat(matcher.find()).as(text).isTrue();
		return URI.create(matcher.group(1));
	}

	private static HttpResponse<byte[]> get(URI address) {
		try {
			return HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String policy(String user) {
		try {
			return Files.readString(POLICIES.resolve(user + ".json"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
