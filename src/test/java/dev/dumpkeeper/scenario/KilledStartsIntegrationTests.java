package dev.dumpkeeper.scenario;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.scenario.Dumpkeeper.Running;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * First starts that are killed at random instants of their migrations, with no tables or
 * with some: the next start succeeds. The number of kills is {@code start.kills}; 50 take
 * some ten minutes.
 */
class KilledStartsIntegrationTests {

	private static final int KILLS = Integer.getInteger("start.kills", 2);

	/** What a start ends with that gets as far as its gateway, which is away. */
	private static final int STARTED = 6;

	/**
	 * What a start ends with whose migrations are done, where the killed one's had been
	 * done too: its lease outlives it for some time.
	 */
	private static final int LEASE_HELD = 5;

	private static final String JOB = "measure-usage";

	private final Random random = new Random(20261129);

	private final Dumpkeeper dumpkeeper = Dumpkeeper.on(URI.create("http://127.0.0.1:1"));

	@TempDir
	private Path directory;

	@Test
	void whateverInstantAStartIsKilledAtTheNextOneSucceeds() {
		DatabaseServer server = DatabaseServer.shared();
		String whole = server.newDatabase("starts");
		assertThat(this.dumpkeeper.database(server, whole).run(JOB).exitCode()).isEqualTo(STARTED);
		int killed = 0;
		for (int i = 0; i < KILLS; i++) {
			String database = server.newDatabase("starts");
			Dumpkeeper started = this.dumpkeeper.database(server, database);
			if (i % 2 == 1) {
				// A part of the tables, as another start left them.
				String version = String.valueOf(1 + this.random.nextInt(10));
				assertThat(started.with("spring.flyway.target", version).run(JOB).exitCode()).isNotEqualTo(7);
			}
			long from = size(server, database);
			long until = from + this.random.nextLong(size(server, whole) - from + 1);
			killed += kill(started.process(JOB), () -> size(server, database), until) ? 1 : 0;
			assertThat(started.run(JOB)).as("killed at %d of %d to %d", until, from, size(server, whole))
				.satisfies((result) -> assertThat(result.exitCode()).as(result.err()).isIn(STARTED, LEASE_HELD));
			assertThat(size(server, database)).isEqualTo(size(server, whole));
		}
		assertThat(killed).as("starts that did not come to their end").isPositive();
	}

	@Test
	void aFileIsWholeAfterTheNextStart() throws IOException {
		Path whole = Files.createDirectory(this.directory.resolve("whole"));
		assertThat(this.dumpkeeper.process(whole, JOB).await().exitCode()).isEqualTo(STARTED);
		int killed = 0;
		for (int i = 0; i < KILLS; i++) {
			Path cut = Files.createDirectory(this.directory.resolve("cut" + i));
			long until = this.random.nextLong(file(whole)) + 1;
			killed += kill(this.dumpkeeper.process(cut, JOB), () -> file(cut), until) ? 1 : 0;
			try (Running next = this.dumpkeeper.process(cut, JOB)) {
				assertThat(next.await()).as("killed at %d of %d bytes", until, file(whole))
					.satisfies((result) -> assertThat(result.exitCode()).as(result.err()).isIn(STARTED, LEASE_HELD));
			}
		}
		assertThat(killed).as("starts that did not come to their end").isPositive();
	}

	/** {@code true} when the process had not ended by itself. */
	private static boolean kill(Running start, LongSupplier size, long until) {
		try (start) {
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(1, TimeUnit.MILLISECONDS)
				.atMost(Duration.ofSeconds(60))
				.until(() -> size.getAsLong() >= until || !start.isAlive());
			boolean alive = start.isAlive();
			start.kill();
			return alive;
		}
	}

	/** Grows with each table, column and index, and with each migration that is done. */
	private static long size(DatabaseServer server, String database) {
		return server.count(database, """
				SELECT (SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = '%1$s')
				+ (SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = '%1$s'
				AND table_name <> 'flyway_schema_history')""".formatted(database));
	}

	private static long file(Path directory) {
		return directory.resolve("data/dumpkeeper.mv.db").toFile().length();
	}

}
