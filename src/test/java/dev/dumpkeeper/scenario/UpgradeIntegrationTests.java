package dev.dumpkeeper.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.dumpkeeper.lab.DatabaseDump;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FakeRobot.Fault;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.S3ProxyGateway;
import dev.dumpkeeper.lab.Tree;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import dev.dumpkeeper.scenario.Dumpkeeper.Running;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The database of each released version, in the middle of its work, is taken over by this
 * one. {@code -Dupgrade.write=VERSION} writes that of a version down.
 */
class UpgradeIntegrationTests {

	private static final Path STORED = Path.of("src/test/resources/upgrade");

	private static final String VOLUME = "jfsdata";

	private static final String TOLD = "dumpfiles/dev_told-0_heapDump.hprof";

	private static final String HELD = "dumpfiles/dev_held-0_heapDump.hprof";

	private static final String UNTOLD = "dumpfiles/dev_untold-0_heapDump.hprof";

	/** When all files were written; what is stored names it. */
	private static final Instant WRITTEN = Instant.parse("2026-11-01T10:00:00Z");

	/** Old, and no dumps. */
	private static final int OLD = 300;

	private S3ProxyGateway gateway;

	private FaultyProxy proxy;

	private FakeRobot robot;

	@BeforeEach
	void start() {
		Tree tree = Tree.create();
		for (int i = 0; i < OLD; i++) {
			tree.file(VOLUME + "/" + old(i), 10, WRITTEN);
		}
		this.gateway = S3ProxyGateway.start(tree);
		this.gateway.write(VOLUME + "/dumpfiles/.keep", "keepdir".getBytes(), WRITTEN);
		dump(TOLD);
		dump(HELD);
		this.proxy = FaultyProxy.to(this.gateway.endpoint());
		this.robot = FakeRobot.start();
	}

	@AfterEach
	void stop() {
		this.robot.close();
		this.proxy.close();
		this.gateway.close();
	}

	static List<String> versions() {
		try (Stream<Path> files = Files.list(STORED)) {
			return files.map((file) -> file.getFileName().toString().replaceAll("\\.sql$", "")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void everyReleaseHasLeftItsDatabase() {
		List<String> released = Pattern.compile("(?m)^## \\[?(\\d+\\.\\d+\\.\\d+)")
			.matcher(read(Path.of("CHANGELOG.md")))
			.results()
			.map((heading) -> heading.group(1))
			.toList();
		assertThat(versions()).isNotEmpty().containsAll(released);
	}

	@ParameterizedTest
	@MethodSource("versions")
	void whatAVersionLeftIsContinued(String version) {
		String database = load(version);
		List<String> left = stillPlanned(database);
		Result next = dumpkeeper(database).run("maintenance");
		assertThat(next.exitCode())
			.as("8: the run had tried its message; 2, if %s is not released yet: write it anew by -Dupgrade.write=%s:%n%s",
					version, version, next.out() + next.err())
			.isEqualTo(8);
		assertThat(next.json().path("run").asLong()).as("the run that was killed").isEqualTo(2);
		assertThat(next.count(VOLUME, "planned")).isEqualTo(OLD);
		assertThat(next.count(VOLUME, "expired")).as("%d were left", left.size()).isEqualTo(OLD);
		assertThat(files()).containsExactly("dumpfiles/.keep", HELD, TOLD, UNTOLD);
		Result after = eager(database).run("maintenance");
		assertThat(after.exitCode()).as(after.out() + after.err()).isZero();
		assertThat(this.robot.delivered()).as("the page that waited").singleElement().asString().contains("untold");
		assertThat(files()).as("told before, held, told just now").containsExactly("dumpfiles/.keep", HELD, UNTOLD);
	}

	@ParameterizedTest
	@MethodSource("versions")
	void aBackupFromBeforeTheUpgradeIsRestored(String version) {
		DatabaseServer server = DatabaseServer.shared();
		String database = load(version);
		String backup = DatabaseDump.of(server, database);
		Dumpkeeper later = dumpkeeper(database).with("spring.flyway.locations",
				"classpath:db/migration/common,classpath:db/migration/{vendor},classpath:db/later");
		assertThat(later.run("maintenance").exitCode()).isEqualTo(8);
		assertThat(server.count(database, "SELECT COUNT(*) FROM flyway_schema_history WHERE version LIKE '9%'"))
			.isEqualTo(3);
		Result newer = eager(database).run("maintenance");
		assertThat(newer.exitCode()).as("newer tables are no reason to stop: " + newer.err()).isZero();
		String again = DatabaseDump.restore(server, "restored", backup);
		Result restored = eager(again).run("maintenance");
		assertThat(restored.exitCode()).as(restored.out() + restored.err()).isEqualTo(8);
		assertThat(restored.json().path("run").asLong()).isEqualTo(2);
		assertThat(eager(again).run("maintenance").exitCode()).isZero();
		assertThat(files()).containsExactly("dumpfiles/.keep", HELD, UNTOLD);
		assertThat(this.robot.delivered()).as("told since the backup, so told again").hasSize(2);
	}

	/** A run is killed in its sweep, while the robot is away. */
	@Test
	@EnabledIfSystemProperty(named = "upgrade.write", matches = ".+")
	void aVersionIsWrittenDown() throws IOException {
		String database = DatabaseServer.shared().migratedDatabase("upgrade");
		Dumpkeeper dumpkeeper = dumpkeeper(database);
		assertThat(dumpkeeper.run("reconcile-dumps").exitCode()).isZero();
		Result held = dumpkeeper.run("hold", "--volume", VOLUME, "--key", HELD, "--for", "3650d", "--why", "case 17",
				"--by", "ann");
		assertThat(held.exitCode()).as(held.err()).isZero();
		dump(UNTOLD);
		this.robot.script(Fault.errcode(93000), Fault.errcode(93000), Fault.errcode(93000));
		AtomicReference<Running> run = new AtomicReference<>();
		AtomicInteger deletes = new AtomicInteger();
		this.proxy.on((request) -> request.method().equals("POST") && deletes.incrementAndGet() == 2)
			.before(() -> run.get().kill());
		try (Running running = dumpkeeper.with("dumpkeeper.retention.parallel-batches", 1).process("maintenance")) {
			run.set(running);
			assertThat(running.await().exitCode()).as("SIGKILL").isEqualTo(137);
		}
		DatabaseServer.shared().execute(database, "DELETE FROM shedlock");
		assertThat(stillPlanned(database)).hasSizeBetween(1, OLD - 1);
		assertThat(DatabaseServer.shared().count(database, "SELECT COUNT(*) FROM outbound_page")).isPositive();
		Files.createDirectories(STORED);
		Files.writeString(STORED.resolve(System.getProperty("upgrade.write") + ".sql"),
				DatabaseDump.of(DatabaseServer.shared(), database));
	}

	/** The database, and a gateway that has what the version had not deleted yet. */
	private String load(String version) {
		String database = DatabaseDump.restore(DatabaseServer.shared(), "upgrade",
				read(STORED.resolve(version + ".sql")));
		// Behind one that began over an hour ago the same command makes another, and an
		// old one is given up.
		DatabaseServer.shared()
			.execute(database, "UPDATE maintenance_run SET started_at = " + Instant.now().toEpochMilli()
					+ " WHERE finished_at IS NULL");
		List<String> left = stillPlanned(database);
		for (int i = 0; i < OLD; i++) {
			if (!left.contains(old(i))) {
				this.gateway.delete(VOLUME + "/" + old(i));
			}
		}
		dump(UNTOLD);
		return database;
	}

	private static List<String> stillPlanned(String database) {
		List<String> keys = new ArrayList<>();
		try (Connection connection = DatabaseServer.shared().connect(database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(
						"SELECT CONVERT(object_key USING utf8mb4) FROM expiry_item WHERE outcome IS NULL OR outcome = 'DELETE_SENT'")) {
			while (rows.next()) {
				keys.add(rows.getString(1));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return keys;
	}

	private Dumpkeeper dumpkeeper(String database) {
		return Dumpkeeper.on(this.proxy.endpoint())
			.database(DatabaseServer.shared(), database)
			.with("dumpkeeper.brake.max-share", 1)
			.with("dumpkeeper.wecom.webhook-url", this.robot.url());
	}

	/** So that nothing hangs on the day when it was told. */
	private Dumpkeeper eager(String database) {
		return dumpkeeper(database).with("dumpkeeper.retention.notice", "0s");
	}

	private void dump(String key) {
		this.gateway.write(VOLUME + "/" + key, HeapDumps.complete(WRITTEN), WRITTEN);
	}

	private List<String> files() {
		return this.gateway.list()
			.stream()
			.filter((path) -> path.startsWith(VOLUME + "/") && !path.endsWith("/"))
			.map((path) -> path.substring(VOLUME.length() + 1))
			.toList();
	}

	private static String old(int index) {
		return "dumpfiles/%03d.txt".formatted(index);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
