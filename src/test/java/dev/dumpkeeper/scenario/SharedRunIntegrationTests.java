package dev.dumpkeeper.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import dev.dumpkeeper.scenario.Dumpkeeper.Running;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that runs once and two services on one database, which take their share of
 * its volumes; they are killed and frozen at random instants before a gateway that fails
 * now and then. The number of disturbed passes is {@code workers.disturbances}; 100 take
 * some forty minutes.
 */
class SharedRunIntegrationTests {

	private static final int DISTURBANCES = Integer.getInteger("workers.disturbances", 3);

	private static final int VOLUMES = 16;

	private static final int MANY = 40;

	/** Of the claims of partitions: a process that is frozen longer is thought dead. */
	private static final Duration LEASE = Duration.ofSeconds(3);

	private final Random random = new Random(20261130);

	private final List<Service> services = new ArrayList<>();

	private String database;

	private int disturbed;

	@Test
	void whateverBecomesOfThoseWhoShareAPassItLeavesWhatOneProcessLeaves() {
		this.database = DatabaseServer.shared().newDatabase("shared");
		try (Site site = Site.s3proxy(false)
			.start((volumes) -> IntStream.rangeClosed(0, DISTURBANCES).forEach((pass) -> plant(volumes, pass)));
				FaultyProxy proxy = FaultyProxy.to(site.endpoint())) {
			Dumpkeeper dumpkeeper = Dumpkeeper.on(proxy.endpoint())
				.database(DatabaseServer.shared(), this.database)
				.with("dumpkeeper.run.lease", "3s")
				.with("dumpkeeper.workers.lease", LEASE.toSeconds() + "s")
				.with("dumpkeeper.schedule.maintenance", "-")
				.with("dumpkeeper.schedule.daily-report", "-")
				.with("dumpkeeper.schedule.reconcile", "-");
			this.services.add(dumpkeeper.service());
			this.services.add(dumpkeeper.service());
			this.services.forEach(Service::up);
			slow(proxy);
			try (Running run = dumpkeeper.process(arguments(0))) {
				Result result = run.await(Duration.ofMinutes(2));
				assertThat(result.exitCode()).as(result.toString()).isZero();
			}
			assertThat(count("SELECT COUNT(DISTINCT worker) FROM step_partition WHERE step = 'scanVolumesOf'"))
				.as("processes that scanned")
				.isEqualTo(3);
			assertThat(count("SELECT COUNT(DISTINCT worker) FROM step_partition WHERE step = 'sweepVolumesOf'"))
				.as("processes that swept")
				.isEqualTo(3);
			assertThat(count("SELECT COUNT(*) FROM step_partition WHERE state <> 'DONE' OR taken_over > 0")).isZero();
			verify(site, 0);
			for (int pass = 1; pass <= DISTURBANCES; pass++) {
				slow(proxy);
				disturb(dumpkeeper, proxy, pass);
				proxy.clear();
				int which = pass;
				// The leases of whoever was killed have to expire; what failed is tried
				// again.
				Awaitility.await()
					.atMost(Duration.ofMinutes(3))
					.until(() -> dumpkeeper.run(arguments(which)), (result) -> result.exitCode() == 0);
				verify(site, pass);
			}
			assertThat(this.disturbed).as("passes in which somebody was disturbed").isPositive();
			assertThat(count("SELECT COUNT(*) FROM step_partition WHERE state <> 'DONE'")).isZero();
		}
		finally {
			this.services.forEach(Service::close);
		}
	}

	/** So that every process is in the midst of something. */
	private static void slow(FaultyProxy proxy) {
		proxy.on((request) -> request.target().contains("list-type=2")).delay(Duration.ofMillis(300));
		proxy.on((request) -> request.method().equals("POST")).delay(Duration.ofMillis(300));
	}

	private void disturb(Dumpkeeper dumpkeeper, FaultyProxy proxy, int pass) {
		proxy.on((request) -> this.random.nextInt(30) == 0).times(2).answer(503, "application/xml", "");
		proxy.on((request) -> this.random.nextInt(30) == 0).times(2).reset();
		int before = proxy.requests().size();
		int requests = this.random.nextInt(VOLUMES * 5);
		try (Running run = dumpkeeper.process(arguments(pass))) {
			Awaitility.await()
				.pollInterval(5, TimeUnit.MILLISECONDS)
				.atMost(Duration.ofMinutes(1))
				.until(() -> proxy.requests().size() >= before + requests || !run.isAlive());
			this.disturbed += run.isAlive() ? 1 : 0;
			int victim = this.random.nextInt(3);
			Running process = (victim == 2) ? run : this.services.get(victim).process();
			switch (pass % 3) {
				case 0 -> {
					process.kill();
					if (victim < 2) {
						this.services.set(victim, dumpkeeper.service().up());
					}
				}
				case 1 -> freeze(process, LEASE.multipliedBy(3));
				default -> freeze(process, LEASE.dividedBy(2));
			}
			if (run.isAlive()) {
				run.await(Duration.ofMinutes(2));
			}
		}
	}

	private static void freeze(Running process, Duration duration) {
		process.freeze();
		Awaitility.await().pollDelay(duration).atMost(duration.plusSeconds(5)).until(() -> true);
		process.thaw();
	}

	/** Reads what is left past the gateway and past Dumpkeeper. */
	private void verify(Site site, int pass) {
		for (int volume = 0; volume < VOLUMES; volume++) {
			String name = volume(pass, volume);
			List<String> expected = new ArrayList<>(List.of("dumpfiles/.keep", "other/old.txt"));
			IntStream.range(0, MANY).forEach((i) -> expected.add("dumpfiles/young-%04d.hprof".formatted(i)));
			assertThat(site.files(name)).as(name).containsExactlyInAnyOrderElementsOf(expected);
		}
		String items = " FROM expiry_item i JOIN volume_plan p ON p.id = i.volume_plan_id WHERE i.is_directory = FALSE"
				+ " AND i.outcome IN ('DELETED', 'DELETE_ACCEPTED', 'ALREADY_GONE') AND p.volume LIKE 'pass-%02d-%%'"
					.formatted(pass);
		assertThat(count("SELECT COUNT(*)" + items)).as("expired in pass " + pass)
			.isEqualTo(VOLUMES * MANY)
			.isEqualTo(count("SELECT COUNT(DISTINCT p.volume, i.object_key)" + items));
	}

	private long count(String sql) {
		return DatabaseServer.shared().count(this.database, sql);
	}

	private static void plant(Site.Planting volumes, int pass) {
		for (int volume = 0; volume < VOLUMES; volume++) {
			String name = volume(pass, volume);
			volumes.young(name + "/dumpfiles/.keep")
				.old(name + "/other/old.txt")
				.old(MANY, (i) -> name + "/dumpfiles/%04d.hprof".formatted(i))
				.young(MANY, (i) -> name + "/dumpfiles/young-%04d.hprof".formatted(i));
		}
	}

	private static String[] arguments(int pass) {
		List<String> arguments = new ArrayList<>(List.of("maintenance"));
		IntStream.range(0, VOLUMES).forEach((volume) -> arguments.addAll(List.of("--volume", volume(pass, volume))));
		return arguments.toArray(String[]::new);
	}

	private static String volume(int pass, int number) {
		return "pass-%02d-%02d".formatted(pass, number);
	}

}
