package dev.dumpkeeper.scenario;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.JuicefsGateway;
import dev.dumpkeeper.lab.JuicefsTest;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.Tree;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bad input to the capacity check: no false alarm, clear words, and the pass goes on.
 */
class JuicefsCapacityIntegrationTests {

	private static final long MIB = 1L << 20;

	@JuicefsTest
	void whateverTheSourcesSayThePassGoesOn(Path binary) {
		Tree tree = Tree.create().file("jfsdata/dumpfiles/a.hprof", 600 * MIB, Instant.now());
		try (JuicefsGateway gateway = JuicefsGateway.start(binary, tree, JuicefsGateway.Layout.MULTI);
				FakeRobot robot = FakeRobot.start()) {
			String database = DatabaseServer.shared().migratedDatabase("capacity");
			Dumpkeeper dumpkeeper = Dumpkeeper.on(gateway.endpoint())
				.database(DatabaseServer.shared(), database)
				.with("dumpkeeper.wecom.webhook-url", robot.url())
				.with("dumpkeeper.wecom.language", "en")
				.with("dumpkeeper.capacity.metadata.url", gateway.jdbcUrl())
				.with("dumpkeeper.capacity.metadata.username", JuicefsGateway.metadata().username())
				.with("dumpkeeper.capacity.metadata.password", JuicefsGateway.metadata().password())
				.with("dumpkeeper.capacity.metrics-url", gateway.metrics());
			// Nothing was measured yet.
			assertThat(check(dumpkeeper).at("/capacity").size()).isZero();
			assertThat(robot.requests()).isZero();
			measured(database, "jfsdata", 600 * MIB);
			// No quota.
			JsonNode report = check(dumpkeeper);
			assertThat(report.at("/capacity/0/capacityBytes").isMissingNode()).isTrue();
			assertThat(report.at("/warnings").toString()).contains("no capacity is known of 1 volumes");
			assertThat(report.at("/fileSystem/source").asString()).isEqualTo("METADATA");
			assertThat(check(dumpkeeper).at("/warnings").toString()).doesNotContain("no capacity is known");
			// A quota, with no history behind it: 59 % is no alarm.
			gateway.setQuota("jfsdata", 1);
			report = check(dumpkeeper);
			assertThat(report.at("/capacity/0/capacitySource").asString()).isEqualTo("METADATA");
			assertThat(report.at("/capacity/0/level").asString()).isEqualTo("CALM");
			assertThat(report.at("/capacity/0/shortHistory").asBoolean()).isTrue();
			assertThat(robot.requests()).isZero();
			// Full by the quota's counter, whatever the listing says.
			gateway.metadata("UPDATE jfs_dir_quota SET used_space = 1063004405");
			report = check(dumpkeeper);
			assertThat(report.at("/capacity/0/level").asString()).isEqualTo("CRITICAL");
			assertThat(report.at("/warnings").toString()).contains("the quota counts", "apart");
			assertThat(robot.delivered()).singleElement().asString().contains("critical", "`jfsdata`");
			assertThat(robot.pictures()).hasSize(1);
			// The database is down: the listing serves, and the level stays as it was.
			JuicefsGateway.metadata().stopServer();
			try {
				report = check(dumpkeeper);
			}
			finally {
				JuicefsGateway.metadata().startServer();
			}
			assertThat(report.at("/warnings").toString())
				.contains("the metadata database (dumpkeeper.metadata.url) cannot be reached");
			assertThat(report.at("/capacity/0/usedSource").asString()).isEqualTo("LISTING");
			assertThat(report.at("/capacity/0/level").asString()).isEqualTo("CRITICAL");
			// Another schema.
			gateway.metadata("RENAME TABLE jfs_dir_quota TO other");
			assertThat(check(dumpkeeper).at("/warnings").toString()).contains("other tables or columns");
			gateway.metadata("RENAME TABLE other TO jfs_dir_quota");
			assertThat(robot.delivered()).hasSize(1);
			// The quota is raised: the recovery is reported, once, after two passes.
			gateway.setQuota("jfsdata", 100);
			check(dumpkeeper);
			assertThat(robot.delivered()).hasSize(1);
			assertThat(check(dumpkeeper).at("/capacity/0/level").asString()).isEqualTo("CALM");
			assertThat(robot.delivered()).hasSize(2).last().asString().contains("resolved");
			// A counter below zero is not believed.
			gateway.metadata("UPDATE jfs_dir_quota SET used_space = -4096");
			assertThat(check(dumpkeeper).at("/capacity/0/usedSource").asString()).isEqualTo("LISTING");
			gateway.removeQuota("jfsdata");
			assertThat(check(dumpkeeper).at("/capacity/0/capacityBytes").isMissingNode()).isTrue();
			assertThat(robot.delivered()).hasSize(2);
		}
	}

	@JuicefsTest
	void fiveThousandVolumesAtOnceMakeAFewMessages(Path binary) {
		try (JuicefsGateway gateway = JuicefsGateway.start(binary, Tree.create().directory("x"),
				JuicefsGateway.Layout.MULTI); FakeRobot robot = FakeRobot.start()) {
			String database = DatabaseServer.shared().migratedDatabase("capacity");
			Dumpkeeper dumpkeeper = Dumpkeeper.on(gateway.endpoint())
				.database(DatabaseServer.shared(), database)
				.with("dumpkeeper.wecom.webhook-url", robot.url())
				.with("dumpkeeper.capacity.metadata.url", gateway.jdbcUrl())
				.with("dumpkeeper.capacity.metadata.username", JuicefsGateway.metadata().username())
				.with("dumpkeeper.capacity.metadata.password", JuicefsGateway.metadata().password());
			check(dumpkeeper);
			gateway.setQuota("x", 1);
			gateway.metadata(
					"INSERT INTO jfs_edge (parent, name, inode, type)"
							+ " SELECT 1, CONCAT('volume-', LPAD(seq, 4, '0')), 100000 + seq, 2 FROM "
							+ DatabaseServer.numbers(1, 5000) + " seqs",
					"INSERT INTO jfs_dir_quota (inode, max_space, used_space, max_inodes, used_inodes)"
							+ " SELECT inode, 1073741824, 1063004405, 0, 1 FROM jfs_edge WHERE inode >= 100000");
			for (int i = 1; i <= 5000; i++) {
				measured(database, "volume-%04d".formatted(i), 1000 * MIB);
			}
			long begun = System.nanoTime();
			JsonNode report = check(dumpkeeper);
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(5));
			assertThat(report.at("/capacity").size()).isEqualTo(5000);
			assertThat(robot.delivered()).hasSizeBetween(1, 6).last().asString().contains("4,940");
			assertThat(robot.pictures()).hasSize(3);
		}
	}

	private static JsonNode check(Dumpkeeper dumpkeeper) {
		Result result = dumpkeeper.run("check-capacity");
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		return result.json();
	}

	/** As if a pass had listed it just now. */
	private static void measured(String database, String volume, long bytes) {
		try (Connection connection = DatabaseServer.shared()
			.connect(database); PreparedStatement statement = connection.prepareStatement("""
					INSERT INTO directory_usage (run_id, volume, directory, measured_at, objects, object_bytes, dumps,
					dump_bytes) VALUES (0, ?, '', ?, 1, ?, 1, ?)""")) {
			statement.setString(1, volume);
			statement.setLong(2, Instant.now().toEpochMilli() - 1000);
			statement.setLong(3, bytes);
			statement.setLong(4, bytes);
			statement.executeUpdate();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
