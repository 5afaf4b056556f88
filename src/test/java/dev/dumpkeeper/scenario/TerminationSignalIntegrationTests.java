package dev.dumpkeeper.scenario;

import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FakeRobot.Fault;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.Wire;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import dev.dumpkeeper.scenario.Dumpkeeper.Running;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Processes that are stopped at awkward moments: while they start, while a message is
 * being sent, and by a person at the keyboard.
 */
class TerminationSignalIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	/** Some batches of a sweep, between which a run can end. */
	private static final int MANY = 1000;

	private static final String KEY = "jfsdata/dumpfiles/dev_shop-0_heapDump.hprof";

	private Site site;

	private FaultyProxy proxy;

	private FakeRobot robot;

	private String database;

	@BeforeEach
	void open() {
		this.site = Site.s3proxy(false)
			.start((volumes) -> volumes.young("jfsdata/dumpfiles/.keep")
				.old(MANY, (i) -> "jfsdata/dumpfiles/%04d.txt".formatted(i))
				.young(MANY, (i) -> "jfsdata/dumpfiles/young-%04d.txt".formatted(i)));
		this.proxy = FaultyProxy.to(this.site.endpoint());
		this.robot = FakeRobot.start();
		this.database = DatabaseServer.shared().newDatabase("ending");
	}

	@AfterEach
	void close() {
		this.robot.close();
		this.proxy.close();
		this.site.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 50, 1200, 1500, 1800, 4000 })
	void aServiceThatIsTerminatedWhileItStartsEnds(int millis) throws Exception {
		try (Service service = quiet().service()) {
			// Not to wait for anything: any instant of the start is one to end at.
			Thread.sleep(millis);
			terminated(service.process());
		}
		assertNothingIsBroken();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 3000 })
	void aRunThatIsTerminatedWhileItStartsEnds(int millis) throws Exception {
		try (Running run = quiet().process("maintenance")) {
			Thread.sleep(millis);
			terminated(run);
		}
		assertNothingIsBroken();
	}

	@Test
	void whoWaitsForTheDatabaseEndsAtOnce() {
		try (Wire wire = Wire.to(DatabaseServer.shared().port())) {
			wire.cut();
			Dumpkeeper waiting = quiet().with("spring.datasource.url",
					"jdbc:mysql://127.0.0.1:" + wire.port() + "/" + this.database);
			try (Running run = waiting.process("maintenance"); Service service = waiting.service()) {
				Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.until(() -> run.output().contains("waiting for it")
							&& service.process().output().contains("waiting for it"));
				terminated(run);
				terminated(service.process());
			}
		}
	}

	@Test
	void aMessageThatIsBeingSentWhenTheProcessEndsIsNotLost() {
		dump();
		this.robot.script(Fault.hang());
		try (Running run = quiet().process("reconcile-dumps")) {
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.robot.requests() > 0);
			terminated(run);
		}
		assertThat(this.robot.delivered()).isEmpty();
		assertThat(count("SELECT COUNT(*) FROM dump WHERE notified_at IS NOT NULL")).isZero();
		Awaitility.await()
			.atMost(Duration.ofSeconds(90))
			.until(() -> quiet().run("reconcile-dumps"), (result) -> result.exitCode() == 0);
		assertThat(this.robot.delivered()).singleElement().asString().contains("shop");
		assertThat(count("SELECT COUNT(*) FROM dump WHERE notified_at IS NOT NULL")).isOne();
	}

	@Test
	void aMessageOfAServiceThatEndsIsNotLost() {
		dump();
		this.robot.script(Fault.hang());
		try (Service service = quiet().service().up()) {
			service.post("/actuator/jobs/reconcile-dumps", Service.OPERATOR, "{}");
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.robot.requests() > 0);
			terminated(service.process());
		}
		assertThat(this.robot.delivered()).isEmpty();
		Awaitility.await()
			.atMost(Duration.ofSeconds(90))
			.until(() -> quiet().run("reconcile-dumps"), (result) -> result.exitCode() == 0);
		assertThat(this.robot.delivered()).singleElement().asString().contains("shop");
	}

	@Test
	void aServiceThatDrainsIsNotReadyAndAlive() throws Exception {
		CountDownLatch sweeping = new CountDownLatch(1);
		CountDownLatch seen = new CountDownLatch(1);
		this.proxy.on((request) -> request.method().equals("POST")).times(1).before(() -> {
			sweeping.countDown();
			await(seen);
		});
		try (Service service = quiet().service().up()) {
			service.post("/actuator/jobs/maintenance", Service.OPERATOR, "{}");
			assertThat(sweeping.await(60, TimeUnit.SECONDS)).isTrue();
			service.process().terminate();
			Awaitility.await()
				.atMost(LIMIT)
				.pollInterval(Duration.ofMillis(50))
				.ignoreException(UncheckedIOException.class)
				.until(() -> service.get("/actuator/health/readiness", null).statusCode() == 503);
			assertThat(service.get("/actuator/health/liveness", null).statusCode()).isEqualTo(200);
			seen.countDown();
			assertThat(service.process().await(LIMIT).exitCode()).isEqualTo(143);
		}
		assertThat(count("SELECT COUNT(*) FROM maintenance_run WHERE outcome = 'STOPPED'")).isOne();
	}

	@Test
	void whatAPersonInterruptedWaitsForAPerson() throws Exception {
		CountDownLatch sweeping = new CountDownLatch(1);
		CountDownLatch over = new CountDownLatch(1);
		this.proxy.on((request) -> request.method().equals("POST")).times(1).before(() -> {
			sweeping.countDown();
			await(over);
		});
		try (Running run = quiet().process("maintenance")) {
			assumeThat(run.isInterruptible()).as("no parent of this process had SIGINT ignored").isTrue();
			assertThat(sweeping.await(60, TimeUnit.SECONDS)).isTrue();
			run.interrupt();
			// Not before it has heard of it, and long before it would be cut off.
			Thread.sleep(1000);
			over.countDown();
			Result result = run.await(LIMIT);
			assertThat(result.exitCode()).as(result.err()).isEqualTo(130);
			assertThat(result.err()).doesNotContain("ERROR");
		}
		assertThat(count("SELECT COUNT(*) FROM maintenance_run WHERE outcome = 'STOPPED'"
				+ " AND stop_requested_at IS NOT NULL AND arguments = ''"))
			.as("no service takes it up by itself")
			.isOne();
		Result next = quiet().run("maintenance");
		assertThat(next.exitCode()).isZero();
		assertThat(next.json().path("run").asLong()).as("it is continued when somebody asks").isEqualTo(1);
	}

	@Test
	void aRunThatWasCutOffBeforeItsFirstStepIsContinued() throws Exception {
		assertThat(quiet().run("measure-usage").exitCode()).isZero();
		try (Connection connection = DatabaseServer.shared().connect(this.database);
				Statement statement = connection.createStatement()) {
			// As a loss of the connection between two rows of Spring Batch leaves it.
			for (String table : new String[] { "STEP_EXECUTION_CONTEXT", "STEP_EXECUTION", "JOB_EXECUTION_CONTEXT",
					"JOB_EXECUTION_PARAMS", "JOB_EXECUTION" }) {
				statement.execute("DELETE FROM BATCH_" + table);
			}
			statement.execute("UPDATE maintenance_run SET outcome = NULL, finished_at = NULL, exit_code = NULL");
		}
		Result next = quiet().run("measure-usage");
		assertThat(next.exitCode()).as(next.err()).isZero();
		assertThat(next.json().path("run").asLong()).isEqualTo(1);
	}

	private static void terminated(Running process) {
		process.terminate();
		Result ended = process.await(LIMIT);
		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(143);
		assertThat(ended.err()).doesNotContain("ERROR", "Exception");
	}

	private void assertNothingIsBroken() {
		Result next = quiet().run("maintenance");
		assertThat(next.exitCode()).as(next.err()).isZero();
	}

	private void dump() {
		this.site.write(KEY, HeapDumps.complete(Instant.now()), Duration.ZERO);
	}

	private Dumpkeeper quiet() {
		return Dumpkeeper.on(this.proxy.endpoint())
			.database(DatabaseServer.shared(), this.database)
			.with("dumpkeeper.wecom.webhook-url", this.robot.url())
			.with("dumpkeeper.schedule.maintenance", "-")
			.with("dumpkeeper.schedule.daily-report", "-")
			.with("dumpkeeper.schedule.reconcile", "-")
			.with("dumpkeeper.run.lease", "3s")
			.with("dumpkeeper.retention.parallel-batches", 1)
			.with("dumpkeeper.security.users-file", Service.users());
	}

	private long count(String sql) {
		return DatabaseServer.shared().count(this.database, sql);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
