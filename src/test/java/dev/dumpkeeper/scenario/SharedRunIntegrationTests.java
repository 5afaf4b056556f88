package dev.dumpkeeper.scenario;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.FaultyProxy.Request;
import dev.dumpkeeper.lab.Wire;
import dev.dumpkeeper.run.VolumeStepBuilder;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import dev.dumpkeeper.scenario.Dumpkeeper.Running;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that runs once and three services on one database, which take their share of
 * its volumes; they are killed, frozen and cut off from the database at random instants
 * before a gateway that fails now and then. The number of disturbed passes is
 * {@code workers.disturbances}; 100 take about fifty minutes.
 */
class SharedRunIntegrationTests {

	private static final int DISTURBANCES = Integer.getInteger("workers.disturbances", 5);

	private static final int SERVICES = 3;

	private static final int VOLUMES = 16;

	private static final int MANY = 40;

	/** Of the claims of partitions: a process that is frozen longer is thought dead. */
	private static final Duration LEASE = Duration.ofSeconds(3);

	private static final Duration SHORT = LEASE.dividedBy(2);

	private static final Duration LONG = LEASE.multipliedBy(3);

	private static final Pattern WHOLE = Pattern.compile("[?&]prefix=(&|$)");

	private final Random random = new Random(20261130);

	private final List<Service> services = new ArrayList<>();

	/** Of the services, the process of the run, and whoever continues it. */
	private final List<Seat> seats = new ArrayList<>();

	private String database;

	private int disturbed;

	@Test
	void whateverBecomesOfThoseWhoShareAPassItLeavesWhatOneProcessLeaves() {
		this.database = DatabaseServer.shared().newDatabase("shared");
		try (Site site = Site.s3proxy(false)
			.start((volumes) -> IntStream.rangeClosed(0, DISTURBANCES).forEach((pass) -> plant(volumes, pass)))) {
			IntStream.range(0, SERVICES + 2).forEach((i) -> this.seats.add(new Seat(site.endpoint(), this.database)));
			IntStream.range(0, SERVICES).forEach((i) -> this.services.add(this.seats.get(i).dumpkeeper.service()));
			this.services.forEach(Service::up);
			undisturbed();
			verify(site, 0);
			assertNothingWasDoneByTwoAtOnce(0);
			for (int pass = 1; pass <= DISTURBANCES; pass++) {
				disturb(pass);
				int which = pass;
				// The leases of whoever was killed have to expire; what failed is tried
				// again.
				Awaitility.await()
					.atMost(Duration.ofMinutes(3))
					.until(() -> this.seats.get(SERVICES + 1).dumpkeeper.run(arguments(which)),
							(result) -> result.exitCode() == 0);
				verify(site, pass);
				assertNothingWasDoneByTwoAtOnce(pass);
			}
			assertThat(this.disturbed).as("passes in which somebody was disturbed").isPositive();
			assertThat(count("SELECT COUNT(*) FROM step_partition WHERE state <> 'DONE'")).isZero();
		}
		finally {
			this.services.forEach(Service::close);
			this.seats.forEach(Seat::close);
		}
	}

	private void undisturbed() {
		this.seats.forEach(Seat::slow);
		try (Running run = this.seats.get(SERVICES).dumpkeeper.process(arguments(0))) {
			Result result = run.await(Duration.ofMinutes(2));
			assertThat(result.exitCode()).as(result.toString()).isZero();
		}
		for (String step : new String[] { "scanVolumesOf", "sweepVolumesOf" }) {
			assertThat(count("SELECT COUNT(DISTINCT worker) FROM step_partition WHERE step = '" + step + "'"))
				.as("processes of " + step)
				.isEqualTo(SERVICES + 1);
		}
		assertThat(count("SELECT COUNT(*) FROM step_partition WHERE state <> 'DONE' OR taken_over > 0")).isZero();
	}

	private void disturb(int pass) {
		this.seats.forEach((seat) -> {
			seat.clear();
			seat.slow();
			seat.fail(this.random);
		});
		int requests = this.random.nextInt(VOLUMES * 5);
		try (Running run = this.seats.get(SERVICES).dumpkeeper.process(arguments(pass))) {
			Awaitility.await()
				.pollInterval(5, TimeUnit.MILLISECONDS)
				.atMost(Duration.ofMinutes(1))
				.until(() -> asked() >= requests || !run.isAlive());
			this.disturbed += run.isAlive() ? 1 : 0;
			int victim = this.random.nextInt(SERVICES + 1);
			Running process = (victim == SERVICES) ? run : this.services.get(victim).process();
			switch (pass % 5) {
				case 0 -> {
					process.kill();
					if (victim < SERVICES) {
						this.services.set(victim, this.seats.get(victim).dumpkeeper.service().up());
					}
				}
				case 1 -> during(LONG, process::freeze, process::thaw);
				case 2 -> during(SHORT, process::freeze, process::thaw);
				case 3 -> during(LONG, this.seats.get(victim).wire::cut, this.seats.get(victim).wire::mend);
				default -> during(SHORT, this.seats.get(victim).wire::cut, this.seats.get(victim).wire::mend);
			}
			if (run.isAlive()) {
				run.await(Duration.ofMinutes(2));
			}
		}
	}

	private static void during(Duration duration, Runnable begin, Runnable end) {
		begin.run();
		Awaitility.await().pollDelay(duration).atMost(duration.plusSeconds(5)).until(() -> true);
		end.run();
	}

	private int asked() {
		return this.seats.stream().mapToInt((seat) -> seat.proxy.requests().size()).sum();
	}

	/**
	 * Reads from the gateway's log who listed a volume, and who deleted in it, when. Two
	 * owners at once would take turns more often than the volume was claimed.
	 */
	private void assertNothingWasDoneByTwoAtOnce(int pass) {
		for (int volume = 0; volume < VOLUMES; volume++) {
			String name = volume(pass, volume);
			assertTurns(name, "scanVolumes", SharedRunIntegrationTests::isScan);
			assertTurns(name, "sweepVolumes",
					(request) -> request.method().equals("DELETE") || request.method().equals("POST"));
		}
	}

	/** Other steps list a directory. */
	private static boolean isScan(Request request) {
		return request.target().contains("list-type=2") && WHOLE.matcher(request.target()).find()
				&& !request.target().contains("delimiter");
	}

	private void assertTurns(String volume, String step, Predicate<Request> which) {
		List<Turn> turns = this.seats.stream()
			.flatMap((seat) -> seat.proxy.served()
				.stream()
				.filter((served) -> served.request().target().startsWith("/" + volume))
				.filter((served) -> which.test(served.request()))
				.map((served) -> new Turn(this.seats.indexOf(seat), served.request().target(), served.begun(),
						served.ended())))
			.sorted(Comparator.comparingLong(Turn::begun))
			.toList();
		assertThat(turns).as(step + " of " + volume).isNotEmpty();
		int owners = 1;
		for (int i = 1; i < turns.size(); i++) {
			Turn turn = turns.get(i);
			Turn before = turns.get(i - 1);
			if (turn.seat != before.seat) {
				owners++;
				assertThat(turn.begun).as(step + " of " + volume + " by two at once: " + turns)
					.isGreaterThan(before.ended);
			}
		}
		assertThat((long) owners).as(step + " of " + volume + ": " + turns)
			.isLessThanOrEqualTo(count("SELECT COALESCE(SUM(p.fence - p.taken_over), 0) FROM step_partition p"
					+ " JOIN BATCH_STEP_EXECUTION e ON e.STEP_EXECUTION_ID = p.step_execution_id WHERE e.STEP_NAME = '"
					+ VolumeStepBuilder.part(step, volume) + "'"));
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

	/** A request of one process. */
	private record Turn(int seat, String target, long begun, long ended) {

	}

	/** Where a process runs: its own way to the gateway and its own to the database. */
	private static final class Seat implements AutoCloseable {

		private final FaultyProxy proxy;

		private final Wire wire = Wire.to(DatabaseServer.shared().port());

		private final Dumpkeeper dumpkeeper;

		Seat(URI gateway, String database) {
			this.proxy = FaultyProxy.to(gateway);
			this.dumpkeeper = Dumpkeeper.on(this.proxy.endpoint())
				.database("jdbc:mysql://127.0.0.1:" + this.wire.port() + "/" + database,
						DatabaseServer.shared().username(), DatabaseServer.shared().password())
				.with("dumpkeeper.run.lease", "3s")
				.with("dumpkeeper.workers.lease", LEASE.toSeconds() + "s")
				.with("dumpkeeper.schedule.maintenance", "-")
				.with("dumpkeeper.schedule.daily-report", "-")
				.with("dumpkeeper.schedule.reconcile", "-");
		}

		void clear() {
			this.proxy.clear();
		}

		/** So that every process is in the midst of something. */
		void slow() {
			this.proxy.on((request) -> request.target().contains("list-type=2")).delay(Duration.ofMillis(300));
			this.proxy.on((request) -> request.method().equals("POST")).delay(Duration.ofMillis(300));
		}

		void fail(Random random) {
			this.proxy.on((request) -> random.nextInt(30) == 0).times(2).answer(503, "application/xml", "");
			this.proxy.on((request) -> random.nextInt(30) == 0).times(2).reset();
		}

		@Override
		public void close() {
			this.proxy.close();
			this.wire.close();
		}

	}

}
