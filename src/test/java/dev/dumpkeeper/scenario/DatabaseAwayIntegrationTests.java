package dev.dumpkeeper.scenario;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.Wire;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import dev.dumpkeeper.scenario.Dumpkeeper.Running;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A database that goes away for {@code database.away} seconds, 5 unless it is said, at
 * most 60: when a process starts, in a step, and at the end. Nobody has to do anything.
 */
class DatabaseAwayIntegrationTests {

	private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("database.away", 5));

	private static final int MANY = 300;

	private final ScheduledExecutorService mender = Executors.newSingleThreadScheduledExecutor();

	private Site site;

	private FaultyProxy proxy;

	private Wire wire;

	private String database;

	private Dumpkeeper dumpkeeper;

	@BeforeEach
	void open() {
		this.site = Site.s3proxy(false).start((volumes) -> {
			for (String volume : new String[] { "first", "second" }) {
				volumes.young(volume + "/dumpfiles/.keep")
					.old(MANY, (i) -> volume + "/dumpfiles/%04d.txt".formatted(i))
					.young(MANY, (i) -> volume + "/dumpfiles/young-%04d.txt".formatted(i));
			}
		});
		this.proxy = FaultyProxy.to(this.site.endpoint());
		this.wire = Wire.to(DatabaseServer.shared().port());
		this.database = DatabaseServer.shared().newDatabase("away");
		this.dumpkeeper = Dumpkeeper.on(this.proxy.endpoint())
			.database("jdbc:mysql://127.0.0.1:" + this.wire.port() + "/" + this.database,
					DatabaseServer.shared().username(), DatabaseServer.shared().password())
			.with("dumpkeeper.schedule.maintenance", "-")
			.with("dumpkeeper.schedule.daily-report", "-")
			.with("dumpkeeper.schedule.reconcile", "-")
			.with("dumpkeeper.security.users-file", Service.users());
	}

	@AfterEach
	void close() {
		this.mender.shutdownNow();
		this.wire.close();
		this.proxy.close();
		this.site.close();
	}

	@Test
	void aRunThatStartsMeanwhileWaits() {
		this.wire.cut();
		try (Running run = this.dumpkeeper.process("maintenance", "--volume", "first")) {
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.wire.refused() > 0);
			mendLater();
			assertComplete(run.await(AWAY.plusSeconds(60)), "first");
		}
	}

	@Test
	void aServiceThatStartsMeanwhileWaits() {
		this.wire.cut();
		try (Service service = this.dumpkeeper.service()) {
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.wire.refused() > 0);
			mendLater();
			service.up();
			assertThat(service.ended("maintenance", start(service, "first")).at("/run/exitCode").asInt(-1)).isZero();
		}
		assertThat(this.site.files("first")).hasSize(MANY + 1);
	}

	@Test
	void aRunGoesOnWhenItIsBack() {
		// The first cut falls into the walk, the second between two batches of the sweep.
		this.proxy.on((request) -> this.site.isScan(request, "first")).times(1).before(this::cutForAWhile);
		try (Running run = this.dumpkeeper.process("maintenance", "--volume", "first")) {
			assertComplete(run.await(AWAY.plusSeconds(120)), "first");
		}
		this.proxy.clear();
		this.proxy.on((request) -> request.method().equals("POST")).times(1).after(this::cutForAWhile);
		try (Running run = this.dumpkeeper.process("maintenance", "--volume", "second")) {
			assertComplete(run.await(AWAY.plusSeconds(120)), "second");
		}
		assertThat(count("SELECT COUNT(*) FROM maintenance_run")).as("each went on under its own number").isEqualTo(2);
	}

	@Test
	void whatWasDoneIsRecordedOnceItIsBack() {
		assertThat(this.dumpkeeper.run("maintenance", "--volume", "first").exitCode()).isZero();
		int requests = this.proxy.requests().size();
		this.proxy.clear();
		// Both volumes want the same requests; the answer to the last of them comes late.
		this.proxy.on((request) -> this.proxy.requests().size() == requests).after(this::cutForAWhile);
		try (Running run = this.dumpkeeper.process("maintenance", "--volume", "second")) {
			assertComplete(run.await(AWAY.plusSeconds(120)), "second");
		}
		assertThat(this.wire.refused()).as("it was away meanwhile").isPositive();
		assertThat(count("SELECT COUNT(*) FROM maintenance_run")).as("it went on under its own number").isEqualTo(2);
	}

	@Test
	void aServiceLivesOnAndItsRunToo() {
		this.proxy.on((request) -> this.site.isScan(request, "first")).times(1).before(this::cutForAWhile);
		this.proxy.on((request) -> request.method().equals("POST") && request.target().startsWith("/second"))
			.times(1)
			.after(this::cutForAWhile);
		try (Service service = this.dumpkeeper.service().up()) {
			for (String volume : new String[] { "first", "second" }) {
				int refused = this.wire.refused();
				long id = start(service, volume);
				Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.wire.refused() > refused);
				assertThat(service.get("/actuator/health/liveness", null).statusCode()).isEqualTo(200);
				Awaitility.await()
					.atMost(AWAY.plusSeconds(120))
					.until(() -> count(
							"SELECT COUNT(*) FROM maintenance_run WHERE outcome = 'COMPLETED' AND id = " + id) == 1);
				JsonNode run = service.ended("maintenance", id);
				assertThat(run.at("/run/exitCode").asInt(-1)).isZero();
				assertThat(run.at("/report/volumes/0/expired").asInt()).isEqualTo(MANY);
				assertThat(this.site.files(volume)).hasSize(MANY + 1);
			}
			assertThat(Service.json(service.get("/actuator/health", Service.VIEWER))
				.at("/components/db/status")
				.asString()).isEqualTo("UP");
		}
	}

	@Test
	void noTimeOfTheScheduleIsLost() {
		Dumpkeeper often = this.dumpkeeper.with("dumpkeeper.schedule.maintenance", "0/5 * * * * ?");
		String times = "SELECT COUNT(*) FROM maintenance_run WHERE scheduled_for IS NOT NULL AND outcome = 'COMPLETED'"
				+ " AND exit_code = 0";
		try (Service service = often.service().up()) {
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> count(times) >= 1);
			cutForAWhile();
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.wire.refused() > 0);
			long before = count(times);
			Awaitility.await().atMost(AWAY.plusSeconds(120)).until(() -> count(times) >= before + 2);
			assertThat(service.process().isAlive()).isTrue();
		}
		assertThat(count("SELECT COUNT(*) FROM maintenance_run WHERE outcome IN ('FAILED', 'ABANDONED')")).isZero();
	}

	private void cutForAWhile() {
		this.wire.cut();
		mendLater();
	}

	private void mendLater() {
		this.mender.schedule(this.wire::mend, AWAY.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void assertComplete(Result result, String volume) {
		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.count(volume, "expired")).isEqualTo(MANY);
		assertThat(this.site.files(volume)).hasSize(MANY + 1);
	}

	private static long start(Service service, String volume) {
		return Service
			.json(service.post("/actuator/jobs/maintenance", Service.OPERATOR, "{\"volumes\":[\"" + volume + "\"]}"))
			.path("id")
			.asLong();
	}

	/** Past the wire. */
	private long count(String sql) {
		return DatabaseServer.shared().count(this.database, sql);
	}

}
