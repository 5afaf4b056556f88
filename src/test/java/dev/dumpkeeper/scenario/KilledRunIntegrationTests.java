package dev.dumpkeeper.scenario;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.FaultyProxy.Request;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import dev.dumpkeeper.scenario.Dumpkeeper.Running;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run that ends in the middle of its work, as a process, and the run after it.
 */
class KilledRunIntegrationTests {

	private static final int HALF = 1500;

	private static Site site;

	private FaultyProxy proxy;

	private String database;

	@BeforeAll
	static void start() {
		site = Site.s3proxy(false).start((volumes) -> {
			List<String> names = new ArrayList<>(List.of("terminated", "at-once"));
			for (Moment moment : Moment.values()) {
				names.add(volume(moment));
			}
			for (String name : names) {
				volumes.old(HALF, (i) -> name + "/dumpfiles/%04d.hprof".formatted(i))
					.young(HALF, (i) -> name + "/dumpfiles/young-%04d.hprof".formatted(i));
			}
			volumes.old(HALF, (i) -> "distrust/dumpfiles/%04d.hprof".formatted(i))
				.young(HALF / 2, (i) -> "distrust/dumpfiles/young-%04d.hprof".formatted(i));
		});
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@BeforeEach
	void open() {
		this.proxy = FaultyProxy.to(site.endpoint());
		this.database = DatabaseServer.shared().migratedDatabase("killed");
	}

	@AfterEach
	void close() {
		this.proxy.close();
	}

	@ParameterizedTest
	@EnumSource
	void aRunThatWasKilledIsFinishedByTheNext(Moment moment) {
		String volume = volume(moment);
		kill(volume, moment);
		List<String> left = site.files(volume);
		assertThat(left).contains("dumpfiles/.keep").hasSizeBetween(HALF + 1, 2 * HALF + (moment.sweeps ? 0 : 1));
		Result next = dumpkeeper().run("maintenance", "--volume", volume);
		assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
		assertFinished(volume, next);
		assertThat(attempts()).isEqualTo(2);
		Result third = dumpkeeper().run("maintenance", "--volume", volume);
		assertThat(third.exitCode()).as(third.out()).isZero();
		assertThat(third.count(volume, "planned")).isZero();
	}

	@Test
	void aRunThatIsReportedToStopEndsSoonAndTheNextContinuesIt() throws Exception {
		AtomicInteger deletes = new AtomicInteger();
		CountDownLatch sweeping = new CountDownLatch(1);
		this.proxy.on((request) -> isDelete(request) && deletes.incrementAndGet() == 2).before(sweeping::countDown);
		this.proxy.on(KilledRunIntegrationTests::isDelete).delay(Duration.ofMillis(300));
		Result stopped;
		try (Running run = slowly().process("maintenance", "--volume", "terminated")) {
			assertThat(sweeping.await(60, TimeUnit.SECONDS)).isTrue();
			run.terminate();
			stopped = run.await(Duration.ofSeconds(10));
		}
		assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(143);
		assertThat(site.files("terminated")).hasSizeGreaterThan(HALF + 1).hasSizeLessThan(2 * HALF + 1);
		this.proxy.clear();
		Result next = dumpkeeper().run("maintenance", "--volume", "terminated");
		assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
		assertFinished("terminated", next);
		assertThat(attempts()).as("a stop on request is no failed attempt").isEqualTo(1);
	}

	@Test
	void aRunThatWasKilledIsNoReasonToDistrustTheListingOfAnotherJob() {
		assertThat(dumpkeeper().run("measure-usage", "--volume", "distrust").exitCode()).isZero();
		AtomicReference<Running> run = new AtomicReference<>();
		AtomicInteger deletes = new AtomicInteger();
		this.proxy.on((request) -> isDelete(request) && deletes.incrementAndGet() == 5).after(() -> run.get().kill());
		killed(run, "distrust");
		assertThat(site.files("distrust")).hasSizeLessThan(HALF * 3 / 4 + 1);
		Result other = dumpkeeper().run("measure-usage", "--volume", "distrust");
		assertThat(other.exitCode()).as(other.out()).isZero();
	}

	@Test
	void ofTwoProcessesAtOnceOneDoesTheWork() throws Exception {
		CountDownLatch over = new CountDownLatch(1);
		this.proxy.on((request) -> site.isScan(request, "at-once")).times(1).before(() -> await(over));
		try (Running one = dumpkeeper().process("maintenance", "--volume", "at-once");
				Running other = dumpkeeper().process("maintenance", "--volume", "at-once")) {
			org.awaitility.Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> !one.isAlive() || !other.isAlive());
			over.countDown();
			List<Result> results = List.of(one.await(), other.await());
			assertThat(results).extracting(Result::exitCode).containsExactlyInAnyOrder(0, 5);
			assertThat(results).filteredOn((result) -> result.exitCode() == 5)
				.allSatisfy((result) -> assertThat(result.err()).contains("another run holds the lock"));
		}
		assertThat(site.files("at-once")).hasSize(HALF + 1);
	}

	private void kill(String volume, Moment moment) {
		AtomicReference<Running> run = new AtomicReference<>();
		AtomicInteger deletes = new AtomicInteger();
		AtomicInteger pages = new AtomicInteger();
		Runnable kill = () -> run.get().kill();
		switch (moment) {
			case IN_THE_SCAN ->
				this.proxy.on((request) -> site.isScan(request, volume) && pages.incrementAndGet() == 2).before(kill);
			case BEFORE_THE_FIRST_DELETE -> this.proxy.on((request) -> killsBefore(request, kill)).reset();
			case BEFORE_A_DELETE_ARRIVES -> this.proxy
				.on((request) -> isDelete(request) && deletes.incrementAndGet() == 3 && killsBefore(request, kill))
				.reset();
			case BEFORE_THE_ANSWER_ARRIVES ->
				this.proxy.on((request) -> isDelete(request) && deletes.incrementAndGet() == 3).after(kill);
			case BEFORE_THE_PROOF -> {
				this.proxy.on((request) -> isDelete(request) && deletes.incrementAndGet() == 0).pass();
				this.proxy.on((request) -> deletes.get() == 4 && request.method().equals("HEAD")).before(kill);
			}
			// Batches overlap, so only what is left shows which delete was the last.
			case AFTER_THE_LAST_DELETE -> this.proxy.on(KilledRunIntegrationTests::isDelete).after(() -> {
				if (site.files(volume).size() <= HALF + 1) {
					kill.run();
				}
			});
		}
		killed(run, volume);
	}

	private static boolean killsBefore(Request request, Runnable kill) {
		boolean delete = isDelete(request);
		if (delete) {
			kill.run();
		}
		return delete;
	}

	private void killed(AtomicReference<Running> run, String volume) {
		try (Running running = slowly().process("maintenance", "--volume", volume)) {
			run.set(running);
			assertThat(running.await().exitCode()).as("SIGKILL").isEqualTo(137);
		}
		this.proxy.clear();
		update("DELETE FROM shedlock");
	}

	/** One batch after the other, so that there is a middle. */
	private Dumpkeeper slowly() {
		return dumpkeeper().with("dumpkeeper.retention.parallel-batches", 1);
	}

	private Dumpkeeper dumpkeeper() {
		return Dumpkeeper.on(this.proxy.endpoint()).database(DatabaseServer.shared(), this.database);
	}

	private void assertFinished(String volume, Result result) {
		assertThat(site.files(volume)).hasSize(HALF + 1)
			.contains("dumpfiles/.keep")
			.noneMatch((file) -> file.matches("dumpfiles/\\d.*"));
		assertThat(result.json().path("run").asLong()).isEqualTo(1);
		assertThat(result.count(volume, "planned")).isEqualTo(HALF);
		assertThat(result.count(volume, "expired")).isEqualTo(HALF);
		assertThat(result.count(volume, "freedBytes")).isEqualTo(10L * HALF);
		assertThat(query("SELECT COUNT(*) FROM expiry_plan")).isEqualTo(1);
		assertThat(query("SELECT COUNT(*) FROM expiry_item")).isEqualTo(HALF);
		assertThat(query("SELECT COUNT(*) FROM volume_scan")).isEqualTo(1);
		assertThat(query("SELECT COUNT(*) FROM directory_usage")).isEqualTo(2);
	}

	private long attempts() {
		return query("SELECT attempts FROM maintenance_run");
	}

	private long query(String sql) {
		return DatabaseServer.shared().count(this.database, sql);
	}

	private void update(String sql) {
		try (Connection connection = DatabaseServer.shared().connect(this.database);
				Statement statement = connection.createStatement()) {
			statement.executeUpdate(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isDelete(Request request) {
		return request.method().equals("POST");
	}

	private static String volume(Moment moment) {
		return moment.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** When the process is killed. */
	enum Moment {

		IN_THE_SCAN(false), BEFORE_THE_FIRST_DELETE(false), BEFORE_A_DELETE_ARRIVES(true),
		BEFORE_THE_ANSWER_ARRIVES(true), BEFORE_THE_PROOF(true), AFTER_THE_LAST_DELETE(true);

		private final boolean sweeps;

		Moment(boolean sweeps) {
			this.sweeps = sweeps;
		}

	}

}
