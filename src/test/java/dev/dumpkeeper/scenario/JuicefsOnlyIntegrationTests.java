package dev.dumpkeeper.scenario;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.JuicefsGateway;
import dev.dumpkeeper.lab.JuicefsTest;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import dev.dumpkeeper.scenario.Site.Planting;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What only JuiceFS does to a pass.
 */
class JuicefsOnlyIntegrationTests {

	private Site site;

	private FaultyProxy proxy;

	private String database;

	@BeforeEach
	void open() {
		this.database = DatabaseServer.shared().migratedDatabase("juicefs_only");
	}

	@AfterEach
	void close() {
		if (this.site != null) {
			this.proxy.close();
			this.site.close();
		}
	}

	@JuicefsTest
	void anObjectThatCannotBeDeletedBlocksNoOtherAndIsTriedAgainLater(Path binary) {
		start(Site.juicefs(binary, false),
				(volumes) -> volumes.old(30, (i) -> "jfsdata/dumpfiles/%02d.hprof".formatted(i))
					.immutable("jfsdata/dumpfiles/07.hprof"));
		Result first = pass();
		assertThat(first.exitCode()).as(first.out()).isEqualTo(3);
		assertThat(this.site.files("jfsdata")).containsExactly("dumpfiles/.keep", "dumpfiles/07.hprof");
		assertThat(first.count("jfsdata", "expired")).isEqualTo(29);
		assertThat(first.count("jfsdata", "failed")).isEqualTo(1);
		assertThat(first.warnings()).anySatisfy((warning) -> assertThat(warning).contains("dumpfiles/07.hprof"));
		this.proxy.clear();
		Result second = pass();
		assertThat(second.exitCode()).as(second.out()).isZero();
		assertThat(second.count("jfsdata", "quarantined")).isEqualTo(1);
		assertThat(second.warnings()).anySatisfy((warning) -> assertThat(warning).contains("dumpfiles/07.hprof"));
		assertThat(this.proxy.count("DELETE") + this.proxy.count("POST")).isZero();
		this.site.juicefs().setImmutable("jfsdata/dumpfiles/07.hprof", false);
		update("UPDATE quarantined_object SET not_before = 0");
		Result third = pass();
		assertThat(third.exitCode()).as(third.out()).isZero();
		assertThat(third.count("jfsdata", "expired")).isEqualTo(1);
		assertThat(this.site.files("jfsdata")).containsExactly("dumpfiles/.keep");
	}

	@JuicefsTest
	void twentyThousandForgottenDumpsAreReportedInFivePagesByWorkloadAndNoneExpires(Path binary) {
		int dumps = 20_000;
		int workloads = 300;
		start(Site.juicefs(binary, false), (volumes) -> {
			volumes.young("jfsdata/dumpfiles/.keep");
			for (int i = 0; i < dumps; i++) {
				String name = "jfsdata/dumpfiles/dev_app%03dx-%d_heapDump.hprof".formatted(i % workloads, i);
				// Those without bytes need no reading, which keeps this test short.
				volumes.file(name, (i % 50 == 0) ? 10 : 0, Site.OLD);
			}
		});
		try (FakeRobot robot = FakeRobot.start()) {
			Dumpkeeper significant = dumpkeeper().with("dumpkeeper.wecom.webhook-url", robot.url());
			Result first = significant.run("maintenance");
			assertThat(first.exitCode()).as(first.err()).isZero();
			assertThat(first.count("jfsdata", "waitingForNotice")).isEqualTo(dumps);
			assertThat(first.json().at("/dumps/notified").asInt()).isEqualTo(dumps);
			assertThat(robot.delivered()).hasSizeBetween(1, 5);
			String said = String.join("\n", robot.delivered());
			for (int i = 0; i < workloads; i++) {
				assertThat(said).contains("app%03dx".formatted(i));
			}
			Result second = significant.run("maintenance");
			assertThat(second.count("jfsdata", "planned")).isZero();
			assertThat(robot.requests()).isEqualTo(robot.delivered().size()).isLessThanOrEqualTo(5);
			assertThat(this.site.files("jfsdata")).hasSize(dumps + 1);
		}
	}

	@JuicefsTest
	void aDumpOfTheFutureAgesFromWhenItWasFirstSeenAndNoTimeStopsAPass(Path binary) {
		Duration ahead = Duration.ofDays(-365 * 80);
		Duration farAhead = Duration.ofDays(-365 * 20_000);
		start(Site.juicefs(binary, false),
				(volumes) -> volumes.file("jfsdata/dumpfiles/a.hprof", 10, ahead)
					.file("jfsdata/dumpfiles/b.hprof", 10, farAhead)
					.file("jfsdata/dumpfiles/c.log", 10, farAhead)
					.old("jfsdata/dumpfiles/old.hprof"));
		Result first = pass();
		assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
		assertThat(first.count("jfsdata", "expired")).isEqualTo(1);
		assertThat(first.warnings())
			.anySatisfy((warning) -> assertThat(warning).contains("jfsdata: 1 files", "in the future", "touch"));
		assertThat(first.json().at("/dumps/fromTheFuture").asInt()).isEqualTo(2);
		update("UPDATE dump SET first_seen = first_seen - 3 * 86400000");
		Result second = pass();
		assertThat(second.exitCode()).as(second.out() + second.err()).isZero();
		assertThat(this.site.files("jfsdata")).containsExactly("dumpfiles/.keep", "dumpfiles/c.log");
	}

	@JuicefsTest
	void aBulkDeleteReachesNoOtherObjectOfTheSameBucket(Path binary) {
		start(Site.juicefs(binary, false),
				(volumes) -> volumes.old(5, (i) -> "shadow-dir/dumpfiles/%02d.hprof".formatted(i))
					.directory("shadow-dir/shadow-dir/dumpfiles")
					.old(5, (i) -> "shadow-file/dumpfiles/%02d.hprof".formatted(i))
					.old("shadow-file/shadow-file/dumpfiles")
					.old(5, (i) -> "shadow-held/dumpfiles/%02d.hprof".formatted(i))
					.old("shadow-held/shadow-held/dumpfiles/old.hprof")
					.old(5, (i) -> "shadow-deep/dumpfiles/a/%02d.hprof".formatted(i))
					.old("shadow-deep/shadow-deep/dumpfiles/a"));
		Result result = pass();
		assertThat(result.exitCode()).as(result.out()).isZero();
		assertThat(this.site.exists("shadow-file/shadow-file/dumpfiles")).isTrue();
		assertThat(this.site.exists("shadow-held/shadow-held/dumpfiles/old.hprof")).isTrue();
		assertThat(this.site.exists("shadow-deep/shadow-deep/dumpfiles/a")).isTrue();
		assertThat(this.site.exists("shadow-dir/shadow-dir/dumpfiles")).isTrue();
		for (String volume : List.of("shadow-dir", "shadow-file", "shadow-held", "shadow-deep")) {
			assertThat(result.count(volume, "expired")).isEqualTo(5);
			assertThat(this.site.exists(volume + "/dumpfiles/.keep")).isTrue();
		}
	}

	@JuicefsTest
	void aFullVolumeGetsItsMarkerOnceExpiryHasFreedSpace(Path binary) {
		start(Site.juicefs(binary, false),
				(volumes) -> volumes.file("jfsdata/dumpfiles/big.hprof", 2L << 30, Site.OLD)
					.old(3, (i) -> "jfsdata/dumpfiles/%02d.hprof".formatted(i))
					.young("jfsdata/dumpfiles/young.hprof"));
		this.site.juicefs().setQuota("jfsdata", 1);
		Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofSeconds(1)).until(this::isFull);
		Result result = pass();
		assertThat(this.site.files("jfsdata")).contains("dumpfiles/young.hprof").doesNotContain("dumpfiles/big.hprof");
		assertThat(result.count("jfsdata", "expired")).isEqualTo(4);
		assertThat(result.marker("jfsdata")).as(result.out()).isIn("WRITTEN", "FULL");
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofSeconds(1))
			.until(() -> List.of("WRITTEN", "INTACT").contains(run("keep-marker").marker("jfsdata")));
	}

	/**
	 * A new quota shows after a while; each attempt tries a marker that was not written
	 * yet.
	 */
	private boolean isFull() {
		return dumpkeeper().with("dumpkeeper.marker.name", ".probe-" + System.nanoTime())
			.run("keep-marker")
			.marker("jfsdata")
			.equals("FULL");
	}

	@JuicefsTest
	void aLinkThatLeadsBackEndsThePassAndNothingIsDeletedThere(Path binary) {
		start(Site.juicefs(binary, false),
				(volumes) -> volumes.old(20, (i) -> "jfsdata/dumpfiles/%02d.hprof".formatted(i))
					.symlink("jfsdata/up", "..")
					.old("other/dumpfiles/old.hprof"));
		Result result = dumpkeeper().with("dumpkeeper.scan.max-objects", "3000")
			.with("dumpkeeper.gateway.timeout", "5s")
			.run("maintenance");
		assertThat(result.exitCode()).as(result.out()).isEqualTo(6);
		// The gateway may need longer for one page than anybody waits.
		assertThat(result.volume("jfsdata").path("state").asString()).as(result.out()).isIn("UNTRUSTED", "FAILED");
		assertThat(result.volume("jfsdata").path("reason").asString()).containsAnyOf("symbolic link", "timeout");
		assertThat(this.site.files("jfsdata")).filteredOn((file) -> file.matches("dumpfiles/\\d\\d.hprof")).hasSize(20);
		assertThat(this.site.exists("other/dumpfiles/old.hprof")).isFalse();
	}

	@JuicefsTest
	void anEmptyDumpfilesGetsItsMarkerAndKeepsItsOwner(Path binary) {
		start(Site.juicefs(binary, false), (volumes) -> volumes.directory("jfsdata/dumpfiles"));
		assertThatTheMarkerIsWrittenWithoutAWarning();
	}

	@JuicefsTest
	void anEmptyDumpfilesOfADirectoryGetsItsMarkerToo(Path binary) {
		start(Site.juicefs(binary, true),
				(volumes) -> volumes.young("jfsdata/dumpfiles-of-others/young.hprof").directory("jfsdata/dumpfiles"));
		assertThatTheMarkerIsWrittenWithoutAWarning();
	}

	private void assertThatTheMarkerIsWrittenWithoutAWarning() {
		Result result = pass();
		assertThat(result.exitCode()).isZero();
		assertThat(result.marker("jfsdata")).isEqualTo("WRITTEN");
		assertThat(result.warnings()).noneMatch((warning) -> warning.contains("root"));
		assertThat(this.site.exists("jfsdata/dumpfiles/.keep")).isTrue();
	}

	@JuicefsTest
	void anOldEmptyDirectoryIsTidiedAndAYoungOneStays(Path binary) {
		start(Site.juicefs(binary, false),
				(volumes) -> volumes.young("jfsdata/dumpfiles/young.hprof")
					.directory("jfsdata/dumpfiles/new-pod")
					.directory("jfsdata/dumpfiles/old-pod")
					.directory("jfsdata/elsewhere"));
		Instant old = Instant.now().minus(Site.OLD);
		this.site.juicefs().touch("jfsdata/dumpfiles/old-pod", old, 4096);
		this.site.juicefs().touch("jfsdata/elsewhere", old, 4096);
		assertThat(pass().exitCode()).isZero();
		assertThat(this.site.list("jfsdata")).containsExactly("dumpfiles/", "dumpfiles/.keep", "dumpfiles/new-pod/",
				"dumpfiles/young.hprof", "elsewhere/");
	}

	@Test
	@EnabledIf(value = "dev.dumpkeeper.lab.JuicefsGateway#available",
			disabledReason = "no juicefs on the PATH or in JUICEFS_BINARIES")
	void withATrashTheReportSaysWhenTheDiskHasItsSpaceBack() {
		start(Site.juicefs(JuicefsGateway.binaries().get(0), false, 1),
				(volumes) -> volumes.old(5, (i) -> "jfsdata/dumpfiles/%02d.hprof".formatted(i)));
		Result result = dumpkeeper().with("dumpkeeper.gateway.trash-days", "1").run("maintenance");
		assertThat(result.exitCode()).as(result.out()).isZero();
		assertThat(result.out()).contains("freed 50 B").contains("trash is emptied, after 1 day");
		assertThat(this.site.files("jfsdata")).containsExactly("dumpfiles/.keep");
	}

	@Test
	@EnabledIf(value = "dev.dumpkeeper.lab.JuicefsGateway#available",
			disabledReason = "no juicefs on the PATH or in JUICEFS_BINARIES")
	void aGatewayThatLosesItsDatabaseLosesNothingAndTheNextPassFinishes() {
		start(Site.juicefs(JuicefsGateway.binaries().get(0), false),
				(volumes) -> volumes.old(100, (i) -> "jfsdata/dumpfiles/%02d.hprof".formatted(i))
					.young(50, (i) -> "jfsdata/dumpfiles/young-%02d.hprof".formatted(i)));
		List<String> before = this.site.files("jfsdata");
		this.proxy.on("POST", "delete").times(1).before(this.site.juicefs()::metadataAway);
		Result result;
		try {
			result = dumpkeeper().with("dumpkeeper.gateway.timeout", "4s").run("maintenance");
		}
		finally {
			this.site.juicefs().metadataBack();
		}
		assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(6);
		assertThat(result.volume("jfsdata").path("sweepFailure").asString()).isNotEmpty();
		assertThat(this.site.files("jfsdata"))
			.containsAll(before.stream().filter((file) -> file.contains("young")).toList());
		assertThat(result.count("jfsdata", "expired")).isZero();
		this.proxy.clear();
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofSeconds(1))
			.until(() -> run("measure-usage").exitCode() == 0);
		Result next = pass();
		assertThat(next.exitCode()).as(next.out()).isZero();
		assertThat(this.site.files("jfsdata")).hasSize(51).noneMatch((file) -> file.matches("dumpfiles/\\d.*"));
	}

	private void start(Site site, Consumer<Planting> planting) {
		this.site = site.start(planting);
		this.proxy = FaultyProxy.to(site.endpoint());
	}

	private Dumpkeeper dumpkeeper() {
		return this.site
			.configure(Dumpkeeper.on(this.proxy.endpoint()).database(DatabaseServer.shared(), this.database));
	}

	private Result run(String... job) {
		return dumpkeeper().run(job);
	}

	private Result pass() {
		return run("maintenance");
	}

	private void update(String sql) {
		try (Connection connection = DatabaseServer.shared().connect(this.database);
				Statement statement = connection.createStatement()) {
			statement.executeUpdate(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
