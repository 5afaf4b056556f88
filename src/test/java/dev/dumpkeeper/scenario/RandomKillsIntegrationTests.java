package dev.dumpkeeper.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.scenario.Dumpkeeper.Running;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pass that is killed or terminated at random instants before a gateway that fails now
 * and then, and continued until it succeeds: what is left is what an undisturbed pass
 * leaves. The number of kills is {@code pass.kills}; 100 take some twenty minutes.
 */
class RandomKillsIntegrationTests {

	private static final int KILLS = Integer.getInteger("pass.kills", 6);

	private static final int MANY = 400;

	private static final String ITEMS = " FROM expiry_item i JOIN volume_plan p ON p.id = i.volume_plan_id"
			+ " WHERE i.is_directory = FALSE AND i.outcome IN ('DELETED', 'DELETE_ACCEPTED', 'ALREADY_GONE') AND p.volume = '";

	private final Random random = new Random(20261127);

	@Test
	void whateverInstantAPassEndsAtTheNextOnesLeaveWhatAnUndisturbedOneLeaves() throws Exception {
		String database = DatabaseServer.shared().newDatabase("kills");
		int disturbed = 0;
		try (Site site = Site.s3proxy(false).start((volumes) -> {
			for (int i = 0; i <= KILLS; i++) {
				plant(volumes, i);
			}
		}); FaultyProxy proxy = FaultyProxy.to(site.endpoint())) {
			Dumpkeeper dumpkeeper = Dumpkeeper.on(proxy.endpoint())
				.database(DatabaseServer.shared(), database)
				.with("dumpkeeper.run.lease", "3s")
				.with("dumpkeeper.retention.parallel-batches", 2);
			assertThat(dumpkeeper.run("maintenance", "--volume", volume(0)).exitCode()).isZero();
			List<String> undisturbed = site.list(volume(0));
			assertThat(undisturbed).hasSizeBetween(MANY, MANY + 10);
			for (int i = 1; i <= KILLS; i++) {
				String volume = volume(i);
				disturbed += disturb(proxy, dumpkeeper, volume) ? 1 : 0;
				proxy.clear();
				// The lease of the killed run has to expire; what failed is tried again.
				Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.until(() -> dumpkeeper.run("maintenance", "--volume", volume), (result) -> result.exitCode() == 0);
				assertThat(site.list(volume)).as(volume).isEqualTo(undisturbed);
				assertThat(DatabaseServer.shared()
					.count(database, "SELECT COUNT(DISTINCT object_key)" + ITEMS + volume + "'")).as("expired")
					.isEqualTo(MANY + 2)
					.isEqualTo(DatabaseServer.shared().count(database, "SELECT COUNT(*)" + ITEMS + volume + "'"));
			}
		}
		assertThat(disturbed).as("passes that did not come to their end").isPositive();
	}

	/** {@code true} when the pass was ended before its end. */
	private boolean disturb(FaultyProxy proxy, Dumpkeeper dumpkeeper, String volume) throws Exception {
		proxy.on((request) -> this.random.nextInt(20) == 0).times(2).answer(500, "application/xml", "");
		proxy.on((request) -> this.random.nextInt(20) == 0).times(2).answer(503, "application/xml", "");
		proxy.on((request) -> this.random.nextInt(20) == 0).times(2).reset();
		proxy.on((request) -> request.method().equals("POST")).delay(Duration.ofMillis(50));
		boolean terminate = this.random.nextBoolean();
		try (Running run = dumpkeeper.process("maintenance", "--volume", volume)) {
			int requests = this.random.nextInt(12);
			int before = proxy.requests().size();
			Awaitility.await()
				.pollInterval(2, TimeUnit.MILLISECONDS)
				.atMost(Duration.ofSeconds(60))
				.until(() -> proxy.requests().size() >= before + requests || !run.isAlive());
			if (!run.isAlive()) {
				return false;
			}
			if (terminate) {
				run.terminate();
				// Its end may have been its own.
				return run.await(Duration.ofSeconds(10)).exitCode() == 143;
			}
			run.kill();
			return true;
		}
	}

	private static void plant(Site.Planting volumes, int number) {
		String volume = volume(number);
		volumes.young(volume + "/dumpfiles/.keep", volume + "/other/kept.txt")
			.old(volume + "/other/old.txt", volume + "/dumpfiles/a b+%.hprof", volume + "/dumpfiles/sub/x.hprof")
			.old(MANY, (i) -> volume + "/dumpfiles/%04d.hprof".formatted(i))
			.young(MANY, (i) -> volume + "/dumpfiles/young-%04d.hprof".formatted(i));
	}

	private static String volume(int number) {
		return "kills-%03d".formatted(number);
	}

}
