package dev.dumpkeeper.scenario;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import dev.dumpkeeper.scenario.Dumpkeeper.Running;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two services and processes that run once, all on one database: each time of the
 * schedule is one run, and never are two runs at work. The number of forced overlaps is
 * {@code service.overlaps}; 50 take some fifteen minutes.
 */
class OverlapIntegrationTests {

	private static final int OVERLAPS = Integer.getInteger("service.overlaps", 3);

	/**
	 * When a process starts, before or after a time of the schedule: machines need from
	 * less than two to more than five seconds until its work begins.
	 */
	private static final long[] OFFSETS = { -3500, 1000, -2000, -500, -5000, -6500, -8000 };

	private static final long PERIOD = Duration.ofSeconds(10).toMillis();

	@Test
	void everyTimeOfTheScheduleIsRunExactlyOnce() {
		try (Site site = Site.s3proxy(false).start((volumes) -> volumes.young("jfsdata/dumpfiles/.keep"));
				FaultyProxy proxy = FaultyProxy.to(site.endpoint())) {
			String database = DatabaseServer.shared().newDatabase("overlap");
			// Long enough to be met.
			proxy.on((request) -> site.isScan(request, "jfsdata")).delay(Duration.ofSeconds(3));
			Dumpkeeper dumpkeeper = Dumpkeeper.on(proxy.endpoint())
				.database(DatabaseServer.shared(), database)
				.with("dumpkeeper.schedule.maintenance", "0/10 * * * * ?")
				.with("dumpkeeper.schedule.daily-report", "-")
				.with("dumpkeeper.schedule.reconcile", "-");
			List<Result> once = new ArrayList<>();
			try (Service one = dumpkeeper.service(); Service other = dumpkeeper.service()) {
				one.up();
				other.up();
				int waited = 0;
				int refused = 0;
				while (waited + refused < OVERLAPS || waited == 0 || refused == 0) {
					assertThat(once).as("runs without enough overlaps").hasSizeLessThan(10 * (OVERLAPS + 2));
					// It begins its work shortly before or after a time of the
					// schedule, so that one of both finds the lease taken.
					long now = System.currentTimeMillis();
					long offset = OFFSETS[once.size() % OFFSETS.length];
					long start = ((now - offset) / PERIOD + 1) * PERIOD + offset;
					Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> System.currentTimeMillis() >= start);
					try (Running run = dumpkeeper.process("measure-usage")) {
						once.add(run.await(Duration.ofMinutes(3)));
					}
					waited = waited(one) + waited(other);
					refused = (int) once.stream().filter((result) -> result.exitCode() == 5).count();
				}
			}
			assertThat(once).extracting(Result::exitCode).containsOnly(0, 5);
			List<Long> times = times(database,
					"SELECT scheduled_for FROM maintenance_run WHERE scheduled_for IS NOT NULL"
							+ " AND outcome = 'COMPLETED' ORDER BY scheduled_for");
			assertThat(times).hasSizeGreaterThan(1).doesNotHaveDuplicates();
			for (int i = 1; i < times.size(); i++) {
				assertThat(times.get(i) - times.get(i - 1)).as("between two times").isEqualTo(PERIOD);
			}
			assertThat(times(database,
					"SELECT COUNT(*) FROM maintenance_run a JOIN maintenance_run b ON a.id < b.id"
							+ " AND b.started_at < a.finished_at AND b.finished_at > a.started_at"))
				.as("runs that were at work at once")
				.containsExactly(0L);
		}
	}

	private static int waited(Service service) {
		try {
			return (int) service.process()
				.output()
				.lines()
				.filter((line) -> line.contains(" waits: another run"))
				.count();
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	private static List<Long> times(String database, String sql) {
		List<Long> times = new ArrayList<>();
		try (Connection connection = DatabaseServer.shared().connect(database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			while (rows.next()) {
				times.add(rows.getLong(1));
			}
			return times;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
