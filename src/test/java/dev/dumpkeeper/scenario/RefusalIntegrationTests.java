package dev.dumpkeeper.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ends a run before it deletes anything: one clear line, the right exit code, and a
 * volume that is left as it was.
 */
class RefusalIntegrationTests {

	private static final List<String> HELD = List.of("dumpfiles/1.hprof", "dumpfiles/2.hprof", "dumpfiles/3.hprof");

	private static Site site;

	private FaultyProxy proxy;

	private String database;

	@BeforeAll
	static void start() {
		site = Site.s3proxy(false)
			.start((volumes) -> HELD.forEach((path) -> volumes.file("jfsdata/" + path, 1000, Site.OLD)));
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@BeforeEach
	void open() {
		this.proxy = FaultyProxy.to(site.endpoint());
		this.database = DatabaseServer.shared().newDatabase("refusal");
	}

	@AfterEach
	void nothingWasDeleted() {
		this.proxy.close();
		assertThat(site.files("jfsdata")).containsAll(HELD);
		assertThat(this.proxy.count("DELETE") + this.proxy.count("POST")).isZero();
	}

	@Test
	void aWrongSecretIsReportedByItsProperty() {
		refused(dumpkeeper().with("dumpkeeper.gateway.secret-key", "wrong-secret"), 6, "dumpkeeper.gateway.secret-key");
	}

	@Test
	void aWrongAccessKeyIsReportedByItsProperty() {
		refused(dumpkeeper().with("dumpkeeper.gateway.access-key", "nobody"), 6, "dumpkeeper.gateway.access-key");
	}

	@Test
	void clocksThatAreApartAreReported() {
		this.proxy.on((request) -> true)
			.answer(403, "application/xml",
					"<Error><Code>RequestTimeTooSkewed</Code><Message>The difference is too large.</Message></Error>");
		refused(dumpkeeper(), 6, "clocks", "15 minutes");
	}

	@Test
	void anEndpointWhereNobodyListensIsReported() throws IOException {
		refused(dumpkeeper().with("dumpkeeper.gateway.endpoint", nowhere("http://")), 6, "gateway");
	}

	@Test
	void anEndpointThatIsNoGatewayIsReported() {
		this.proxy.on((request) -> true).answer(200, "text/html", "<html><body>Welcome</body></html>");
		refused(dumpkeeper(), 6, "html");
	}

	@Test
	void aMissingEndpointIsReported() {
		refused(dumpkeeper().without("dumpkeeper.gateway.endpoint"), 2, "dumpkeeper.gateway.endpoint", "required");
	}

	@Test
	void theDirectoriesLayoutWantsItsBucketNamed() {
		refused(dumpkeeper().with("dumpkeeper.gateway.layout", "directories"), 2, "dumpkeeper.gateway.bucket");
	}

	@Test
	void aBucketThatIsNotThereIsReported() {
		refused(dumpkeeper().with("dumpkeeper.gateway.layout", "directories")
			.with("dumpkeeper.gateway.bucket", "nowhere"), 2, "dumpkeeper.gateway.bucket", "nowhere", "NoSuchBucket");
	}

	@Test
	void aVolumeThatIncludeNamesButIsNotThereIsReported() {
		Result result = dumpkeeper().with("dumpkeeper.volumes.include", "nowhere").run("maintenance");
		assertThat(result.exitCode()).isEqualTo(6);
		assertThat(result.volume("nowhere").path("reason").asString()).contains("NoSuchBucket");
	}

	@Test
	void aVolumeThatDoesNotExistIsReported() {
		refused(dumpkeeper(), 2, List.of("maintenance", "--volume", "nowhere"), "nowhere", "jfsdata");
	}

	@Test
	void anUnknownPropertyIsReported() {
		refused(dumpkeeper().with("dumpkeeper.retention.max-agee", "2d"), 2, "dumpkeeper.retention.max-agee",
				"max-age");
	}

	@Test
	void aMalformedDurationIsReported() {
		refused(dumpkeeper().with("dumpkeeper.retention.max-age", "two days"), 2, "dumpkeeper.retention.max-age", "2d");
	}

	@Test
	void aMalformedSizeIsReported() {
		refused(dumpkeeper().with("dumpkeeper.brake.max-bytes", "a lot"), 2, "dumpkeeper.brake.max-bytes", "50Gi");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			retention.max-age       | 172800                   | 172800s (2d)
			retention.notice        | 24                       | 24h
			capacity.limits.jfsdata | 50                       | 50Gi
			retention.directories   | */dumpfiles              | without a wildcard
			marker.directories      | dump?                    | without a wildcard
			retention.dump-patterns | hprof                    | *.hprof
			gateway.public-endpoint | https://dumps.test/s3    | without a path
			gateway.endpoint        | http://ann:pw@127.0.0.1  | without a user
			gateway.access-key      | schl\u00fcssel          | ASCII
			schedule.zone           | Asia/Beijing             | Asia/Shanghai
			""")
	void whatCanOnlyBeAMistakeIsReportedAtTheStart(String name, String value, String reported) {
		refused(dumpkeeper().with("dumpkeeper." + name, value), 2, "dumpkeeper." + name, reported);
	}

	@Test
	void selectorsByWhichNothingIsSelectedAreReportedWithWhatLooksLikeThem() {
		Result result = dumpkeeper().with("dumpkeeper.retention.directories", "dumpfile")
			.with("dumpkeeper.retention.dump-patterns", "*.hprof,*.phd")
			.with("dumpkeeper.volumes.exclude", "nosuch*")
			.with("dumpkeeper.capacity.limits.jfsdat", "50Gi")
			.run("maintenance", "--dry-run");
		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.warnings()).contains(
				"dumpkeeper.volumes.exclude: no volume is called nosuch*; known volumes: jfsdata",
				"dumpkeeper.retention.directories: there is no dumpfile in any volume, so nothing expires there;"
						+ " similar: dumpfiles in jfsdata",
				"dumpkeeper.capacity.limits.jfsdat: no volume of this name was measured in the last 7 days; known volumes:"
						+ " jfsdata");
		assertThat(result.out()).contains("! dumpkeeper.volumes.exclude: no volume is called nosuch*");
	}

	@Test
	void aGlobThatSelectsNoVolumeIsReported() {
		Result result = dumpkeeper().with("dumpkeeper.volumes.include", "nosuch*").run("maintenance");
		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.warnings())
			.contains("dumpkeeper.volumes.include: no volume is called nosuch*; known volumes: jfsdata");
	}

	@Test
	void aShareAboveOneIsReported() {
		refused(dumpkeeper().with("dumpkeeper.brake.max-share", "80"), 2, "dumpkeeper.brake.max-share", "0 to 1");
	}

	@Test
	void anUnknownJobIsReported() {
		refused(dumpkeeper(), 2, List.of("maintainance"), "maintainance", "maintenance");
	}

	@Test
	void aDatabaseWhereNobodyListensIsReported() throws IOException {
		refused(dumpkeeper().database(nowhere("jdbc:mysql://") + "/" + this.database, "any", "any")
			.with("dumpkeeper.run.await-database", "0s"), 7, "database");
	}

	@Test
	void aDatabaseThatWantsAnotherPasswordIsReportedWithoutThePassword() {
		Dumpkeeper wrong = dumpkeeper()
			.database(DatabaseServer.shared().jdbcUrl(this.database), DatabaseServer.shared().username(),
					"not-the-password")
			.with("spring.datasource.hikari.connection-timeout", "1000");
		Result result = refused(wrong, 7, "database", "denied");
		assertThat(result.err()).doesNotContain("not-the-password");
	}

	@Test
	void aDatabaseThatDoesNotExistIsReported() {
		refused(dumpkeeper().database(DatabaseServer.shared(), "nowhere")
			.with("spring.datasource.hikari.connection-timeout", "1000"), 7, "nowhere");
	}

	@Test
	void aPlanWithTooManyObjectsIsRefused() {
		Result result = dumpkeeper().with("dumpkeeper.brake.max-objects", "2").run("maintenance");
		assertThat(result.exitCode()).isEqualTo(4);
		assertThat(result.json().at("/plan/refusal").asString()).contains("3 objects", "brake.max-objects");
	}

	@Test
	void aPlanWithTooManyBytesIsRefused() {
		Result result = dumpkeeper().with("dumpkeeper.brake.max-bytes", "2KB").run("maintenance");
		assertThat(result.exitCode()).isEqualTo(4);
		assertThat(result.json().at("/plan/refusal").asString()).contains("3000 bytes", "brake.max-bytes");
	}

	@Test
	void anApprovalOfAPlanThatDoesNotExistIsReported() {
		refused(dumpkeeper(), 2, List.of("expire-dumps", "--approve", "4711"), "4711");
	}

	@Test
	void aSecondRunAtTheSameTimeIsReportedWhoHoldsTheLock() throws Exception {
		CountDownLatch listing = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		this.proxy.on((request) -> site.isScan(request, "jfsdata")).before(() -> {
			listing.countDown();
			await(released);
		});
		CompletableFuture<Result> first = CompletableFuture.supplyAsync(() -> dumpkeeper().run("measure-usage"));
		try {
			assertThat(listing.await(60, TimeUnit.SECONDS)).isTrue();
			refused(dumpkeeper(), 5, "another run holds the lock", InetAddress.getLocalHost().getHostName(), "since");
		}
		finally {
			released.countDown();
		}
		assertThat(first.get(60, TimeUnit.SECONDS).exitCode()).isZero();
	}

	private Dumpkeeper dumpkeeper() {
		return Dumpkeeper.on(this.proxy.endpoint()).database(DatabaseServer.shared(), this.database);
	}

	private Result refused(Dumpkeeper dumpkeeper, int exitCode, String... words) {
		return refused(dumpkeeper, exitCode, List.of("maintenance"), words);
	}

	private Result refused(Dumpkeeper dumpkeeper, int exitCode, List<String> job, String... words) {
		Result result = dumpkeeper.run(job.toArray(String[]::new));
		assertThat(result.err()).contains(words).hasLineCount(1);
		assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
		assertThat(result.out()).isEmpty();
		return result;
	}

	private static String nowhere(String scheme) throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return URI.create("http://127.0.0.1:" + socket.getLocalPort()).toString().replace("http://", scheme);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			if (!latch.await(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS)) {
				throw new IllegalStateException("Nobody let this go on");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
