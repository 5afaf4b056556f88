package dev.dumpkeeper.scenario;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FakeRobot.Fault;
import dev.dumpkeeper.scenario.Dumpkeeper.Running;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sender that is killed by SIGKILL at random instants while the robot fails at random.
 * The number of kills is {@code notify.kills}; 100 take some twenty minutes.
 */
class KilledSenderIntegrationTests {

	private static final int KILLS = Integer.getInteger("notify.kills", 6);

	private static final int LOCKED = 5;

	private final Random random = new Random(20261126);

	@Test
	void everyDumpIsReportedAndNoPageComesMoreOftenThanSendersDiedOrAnswersWereLost() throws Exception {
		try (Site site = Site.s3proxy(false).start((volumes) -> volumes.young("jfsdata/dumpfiles/.keep"));
				FakeRobot robot = FakeRobot.start()) {
			String database = DatabaseServer.shared().newDatabase("killing");
			Dumpkeeper dumpkeeper = Dumpkeeper.on(site.endpoint())
				.database(DatabaseServer.shared(), database)
				.with("dumpkeeper.wecom.webhook-url", robot.url())
				.with("dumpkeeper.wecom.timeout", "1s")
				.with("dumpkeeper.wecom.retry-for", "3s")
				.with("dumpkeeper.retention.notice", "0s")
				.with("dumpkeeper.brake.max-shrink", "1")
				.with("dumpkeeper.run.lease", "3s");
			int lost = 0;
			int killed = 0;
			for (int i = 0; i < KILLS; i++) {
				site.write("jfsdata/dumpfiles/dev_app%d-0_heapDump.hprof".formatted(i),
						HeapDumps.complete(Instant.now()), Site.OLD);
				Fault fault = fault();
				lost += fault.toString().contains("after delivery") ? 1 : 0;
				robot.script(fault);
				killed += killedAtAPage(dumpkeeper, robot) ? 1 : 0;
				assertNothingExpiredUnnotified(database, robot);
			}
			robot.recover();
			// What a killed sender had under way is believed lost once its time is over.
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> dumpkeeper.run("maintenance"), (result) -> result.exitCode() == 0);
			// That one continued a killed run, with what was there when it began.
			assertThat(dumpkeeper.run("maintenance").exitCode()).isZero();
			assertThat(DatabaseServer.shared().count(database, "SELECT COUNT(*) FROM dump WHERE notified_at IS NULL"))
				.isZero();
			assertThat(DatabaseServer.shared().count(database, "SELECT COUNT(*) FROM dump")).isEqualTo(KILLS);
			assertNothingExpiredUnnotified(database, robot);
			Map<String, Integer> pages = new HashMap<>();
			robot.delivered().forEach((page) -> pages.merge(withoutLinks(page), 1, Integer::sum));
			int repeats = pages.values().stream().mapToInt((times) -> times - 1).sum();
			assertThat(killed).as("senders that were killed").isPositive();
			assertThat(repeats).isLessThanOrEqualTo(killed + lost);
		}
	}

	/**
	 * Starts a sender and kills it at a page.
	 * @return {@code false} when it came to its end before
	 */
	private boolean killedAtAPage(Dumpkeeper dumpkeeper, FakeRobot robot) throws InterruptedException {
		while (true) {
			int before = robot.requests();
			try (Running sender = dumpkeeper.process("maintenance")) {
				Awaitility.await()
					.pollInterval(Duration.ofMillis(2))
					.atMost(Duration.ofSeconds(60))
					.until(() -> robot.requests() > before || !sender.isAlive());
				// Not to wait for anything: any instant around a page is one to die at.
				Thread.sleep(this.random.nextInt(40));
				if (sender.isAlive()) {
					sender.kill();
					return true;
				}
				if (sender.await(Duration.ofSeconds(10)).exitCode() != LOCKED) {
					return false;
				}
				// The lease of the one that was killed before runs out soon.
			}
		}
	}

	private Fault fault() {
		List<Fault> faults = List.of(Fault.none(), Fault.none(), Fault.errcode(-1), Fault.status(502), Fault.reset(),
				Fault.hang(), Fault.hang().afterDelivery(), Fault.reset().afterDelivery(),
				Fault.html().afterDelivery());
		return faults.get(this.random.nextInt(faults.size()));
	}

	private static void assertNothingExpiredUnnotified(String database, FakeRobot robot) {
		String all = String.join("\n", robot.delivered());
		try (Connection connection = DatabaseServer.shared().connect(database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT workload FROM dump WHERE fate IS NOT NULL")) {
			while (rows.next()) {
				assertThat(all).contains(rows.getString(1));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String withoutLinks(String page) {
		return page.replaceAll("\\]\\([^)]*\\)", "]");
	}

}
