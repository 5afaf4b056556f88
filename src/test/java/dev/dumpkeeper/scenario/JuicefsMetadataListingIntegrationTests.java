package dev.dumpkeeper.scenario;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.JuicefsGateway;
import dev.dumpkeeper.lab.JuicefsTest;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Passes that list volumes in JuiceFS's metadata, and what becomes of them when it goes
 * away, lags behind or is another's.
 */
class JuicefsMetadataListingIntegrationTests {

	/** More than a page. */
	private static final int DUMPS = 1500;

	private static final String READER = "listing";

	@TempDir
	private Path directory;

	private Site site;

	private FaultyProxy proxy;

	private String database;

	@AfterEach
	void close() {
		if (this.site != null) {
			this.proxy.close();
			this.site.close();
		}
	}

	@JuicefsTest
	void aPassListsInTheMetadataAndNotByTheGateway(Path binary) {
		start(binary);
		Result result = dumpkeeper().run("maintenance");
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		assertThat(result.count("shop", "expired")).isEqualTo(DUMPS);
		assertThat(source()).isEqualTo("METADATA null");
		assertThat(this.proxy.requests()).noneMatch((request) -> this.site.isScan(request, "shop"));
	}

	@JuicefsTest
	void nothingIsPlannedOnHalfAPicture(Path binary) {
		start(binary);
		afterTheFirstPage(() -> JuicefsGateway.metadata().stopServer());
		Result result;
		try {
			result = dumpkeeper().with("dumpkeeper.scan.source", "metadata").run("expire-dumps");
		}
		finally {
			JuicefsGateway.metadata().startServer();
		}
		assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(6);
		assertThat(result.warnings()).anySatisfy(
				(warning) -> assertThat(warning).contains("dumpkeeper.metadata.url", "cannot be reached or read"));
		assertThat(this.site.files("shop")).hasSize(DUMPS + 1);
		assertThat(DatabaseServer.shared().count(this.database, "SELECT COUNT(*) FROM expiry_item")).isZero();
		assertThat(this.proxy.count("DELETE") + this.proxy.count("POST")).isZero();
	}

	@JuicefsTest
	void theGatewayListsFromTheStartWhatTheMetadataLeftHalfDone(Path binary) {
		start(binary);
		afterTheFirstPage(this::endTheListingsTransaction);
		Result result = dumpkeeper().run("maintenance");
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		assertThat(result.count("shop", "objects")).isEqualTo(DUMPS + 1);
		assertThat(result.count("shop", "expired")).isEqualTo(DUMPS);
		assertThat(source()).startsWith("GATEWAY the metadata database (dumpkeeper.metadata.url) cannot be reached");
	}

	@JuicefsTest
	void aReplicaThatLagsIsNotBelieved(Path binary) {
		start(binary);
		// What it has is 1500 dumps of a size that the gateway does not show any more.
		String replica = JuicefsGateway.metadata().newDatabase("replica");
		for (String table : List.of("jfs_edge", "jfs_node")) {
			JuicefsGateway.metadata()
				.execute(replica, "CREATE TABLE " + table + " LIKE " + live() + "." + table,
						"INSERT INTO " + table + " SELECT * FROM " + live() + "." + table);
		}
		JuicefsGateway.metadata().execute(replica, "UPDATE jfs_node SET length = length + 1 WHERE length = 10");
		JuicefsGateway.metadata().execute(replica, "GRANT SELECT ON " + replica + ".* TO '" + READER + "'@'127.0.0.1'");
		Dumpkeeper lagging = dumpkeeper().with("dumpkeeper.metadata.url", JuicefsGateway.metadata().jdbcUrl(replica));
		Result result = lagging.run("measure-usage");
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		assertThat(source()).startsWith("GATEWAY ")
			.contains("dumpfiles/", "11 bytes", "10 bytes", "a replica that lags");
		Result wanted = lagging.with("dumpkeeper.scan.source", "metadata").run("measure-usage");
		assertThat(wanted.exitCode()).as(wanted.out() + wanted.err()).isEqualTo(6);
		assertThat(wanted.warnings()).anySatisfy((warning) -> assertThat(warning).contains("a replica that lags"));
	}

	@JuicefsTest
	void missingRightsAreSaidAndTheGatewayServes(Path binary) {
		start(binary);
		JuicefsGateway.metadata()
			.execute(live(), "REVOKE SELECT ON " + live() + ".* FROM '" + READER + "'@'127.0.0.1'",
					"GRANT SELECT (parent, name, inode, type) ON jfs_edge TO '" + READER + "'@'127.0.0.1'",
					"GRANT SELECT (inode, uid) ON jfs_node TO '" + READER + "'@'127.0.0.1'");
		Result result = dumpkeeper().run("measure-usage");
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		assertThat(source()).startsWith("GATEWAY ").contains("does not let the user read jfs_node", "docs/capacity.md");
	}

	@JuicefsTest
	void theServiceReportsADumpWithinSecondsWithoutAHookOrAMinutesPoll(Path binary) throws Exception {
		Assumptions.assumeTrue(JuicefsGateway.canMount(), "no FUSE here");
		start(binary);
		Path mount = Files.createDirectories(this.directory.resolve("mount"));
		try (AutoCloseable mounted = this.site.juicefs().mount(mount);
				FakeRobot robot = FakeRobot.start();
				Service service = dumpkeeper().with("dumpkeeper.wecom.webhook-url", robot.url())
					.with("dumpkeeper.wecom.language", "en")
					.with("dumpkeeper.schedule.maintenance", "-")
					.with("dumpkeeper.schedule.daily-report", "-")
					// A check that never comes.
					.with("dumpkeeper.schedule.reconcile", "0 0 0 1 1 ?")
					.service()
					.up()) {
			Path pod = Files.createDirectories(mount.resolve("shop/dumpfiles/pod"));
			byte[] dump = HeapDumps.complete(Instant.now());
			Files.write(pod.resolve("dev_first-0_heapDump.hprof"), dump);
			reported(robot, "first");
			Files.write(pod.resolve("dev_second-0_heapDump.hprof"), Arrays.copyOf(dump, dump.length / 2));
			Awaitility.await("it is being written")
				.atMost(Duration.ofSeconds(60))
				.until(() -> DatabaseServer.shared()
					.count(this.database, "SELECT COUNT(*) FROM dump WHERE state = 'WRITING'") == 1);
			// It grows in place, which changes no directory.
			Files.write(pod.resolve("dev_second-0_heapDump.hprof"), dump);
			reported(robot, "second");
		}
	}

	private static void reported(FakeRobot robot, String name) {
		Awaitility.await(name)
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(robot.delivered()).anyMatch((message) -> message.contains(name)));
	}

	private void start(Path binary) {
		this.site = Site.juicefs(binary, false)
			.start((volumes) -> volumes.young("shop/dumpfiles/.keep")
				.old(DUMPS, (i) -> "shop/dumpfiles/%04d.log".formatted(i)));
		this.proxy = FaultyProxy.to(this.site.endpoint());
		this.database = DatabaseServer.shared().newDatabase("listing");
		JuicefsGateway.metadata()
			.execute(live(), "CREATE USER IF NOT EXISTS '" + READER + "'@'127.0.0.1' IDENTIFIED BY 'reader'",
					"GRANT SELECT ON " + live() + ".* TO '" + READER + "'@'127.0.0.1'");
	}

	/** By then four of its files have been compared with the gateway. */
	private void afterTheFirstPage(Runnable work) {
		AtomicInteger checks = new AtomicInteger();
		this.proxy.on((request) -> request.method().equals("HEAD") && request.target().contains(".log")).after(() -> {
			if (checks.incrementAndGet() == 4) {
				work.run();
			}
		});
	}

	/** The connections that are shared have no transaction open between two questions. */
	private void endTheListingsTransaction() {
		try (Connection connection = JuicefsGateway.metadata().connect(live());
				Statement statement = connection.createStatement()) {
			List<Long> ids = new ArrayList<>();
			try (ResultSet rows = statement
				.executeQuery("SELECT t.trx_mysql_thread_id FROM information_schema.innodb_trx t"
						+ " JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id WHERE p.user = '"
						+ READER + "'")) {
				while (rows.next()) {
					ids.add(rows.getLong(1));
				}
			}
			for (long id : ids) {
				statement.execute("KILL " + id);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String live() {
		return this.site.juicefs().jdbcUrl().replaceAll(".*/", "");
	}

	/** Where the last run listed, and why. */
	private String source() {
		try (Connection connection = DatabaseServer.shared().connect(this.database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement
					.executeQuery("SELECT source, source_reason FROM volume_scan ORDER BY id DESC LIMIT 1")) {
			assertThat(rows.next()).isTrue();
			return rows.getString(1) + " " + rows.getString(2);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Dumpkeeper dumpkeeper() {
		return this.site.configure(Dumpkeeper.on(this.proxy.endpoint()))
			.database(DatabaseServer.shared(), this.database)
			.with("dumpkeeper.metadata.url", this.site.juicefs().jdbcUrl())
			.with("dumpkeeper.metadata.username", READER)
			.with("dumpkeeper.metadata.password", "reader")
			.with("dumpkeeper.brake.max-share", "1");
	}

}
