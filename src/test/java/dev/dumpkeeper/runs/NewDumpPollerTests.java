package dev.dumpkeeper.runs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.database.FailureClassifier;
import dev.dumpkeeper.digest.Digests;
import dev.dumpkeeper.digest.TestDigests;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.NewDumpFinder;
import dev.dumpkeeper.ledger.TestLedger;
import dev.dumpkeeper.notify.DeliveryOutcome;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.notify.TestOutbox;
import dev.dumpkeeper.retention.TestRetention;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.StoppedException;
import dev.dumpkeeper.runs.RunRecord.Outcome;
import dev.dumpkeeper.scan.TestScans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link NewDumpPoller}: what a service does between runs, on volumes in memory
 * and a robot that has no network.
 */
class NewDumpPollerTests {

	private static final String DUMP = "JAVA PROFILE 1.0.2\0" + "\0\0\0\u0008" + "\0".repeat(8) + "\u002C"
			+ "\0".repeat(8);

	private final RunsLab lab = new RunsLab();

	private final TestLedger ledger = new TestLedger(this.lab.jdbc, this.lab.transactions, this.lab.gateway,
			this.lab.clock);

	/** What the robot took. */
	private final List<String> pages = new CopyOnWriteArrayList<>();

	/** Gives the robot's answer. */
	private volatile Supplier<DeliveryOutcome> robot = () -> DeliveryOutcome.DELIVERED;

	private final Lease poll = new Lease(Lease.POLL, this.lab.locks, this.lab.jdbc, Duration.ofMinutes(1), () -> {
	});

	private Duration groupWait = Duration.ofMillis(10);

	private NewDumpPoller poller = poller(true);

	@AfterEach
	void close() {
		this.poller.close();
		this.lab.close();
	}

	private NewDumpPoller poller(boolean isAnybodyThere, String... named) {
		List<Digests> listeners = new ArrayList<>();
		Outbox outbox = TestOutbox.of(this.lab.jdbc, this.lab.transactions, () -> List.copyOf(listeners),
				this.lab.clock, this.lab.clock::move, (page) -> {
					DeliveryOutcome outcome = this.robot.get();
					if (outcome == DeliveryOutcome.DELIVERED) {
						this.pages.add(page);
					}
					return outcome;
				});
		Digests digests = TestDigests.of(this.ledger, outbox, this.lab.gateway, this.lab.jdbc, this.lab.transactions,
				this.lab.clock);
		listeners.add(digests);
		NewDumpFinder finder = this.ledger.finder(isAnybodyThere, this.lab.stop);
		return new NewDumpPoller(TestScans.catalogue(this.lab.gateway, named), TestRetention.of("dumpfiles"), finder,
				new NewDumpNotifier(finder, this.ledger.ledger(), digests, outbox, this.lab.rows, this.lab.clock),
				this.poll, this.lab.shutdown, this.groupWait, this.lab.clock);
	}

	/** A dump that is written to its end. */
	private void write(String volume, String name) {
		bucket(volume).with(key(name).value(), DUMP, this.lab.clock.instant().minus(Duration.ofHours(23)));
	}

	private static ObjectKey key(String name) {
		return new ObjectKey("dumpfiles/" + name);
	}

	private InMemoryBucket bucket(String volume) {
		return this.lab.gateway.bucket(volume);
	}

	private boolean isPollFree() {
		Optional<Lease.Held> held = this.poll.take();
		held.ifPresent(Lease.Held::close);
		return held.isPresent();
	}

	@Test
	void aNewDumpIsReportedByTheNextPoll() {
		write("w", "shop-0/a.hprof");
		assertThat(this.poller.poll()).isTrue();
		assertThat(this.pages).singleElement().asString().contains("`shop-0`");
		RunRecord row = this.lab.row(1);
		assertThat(row.job()).isEqualTo("reconcile-dumps");
		assertThat(row.arguments()).as("no run of everything").isEqualTo("--new");
		assertThat(row.startedBy()).isEqualTo("schedule");
		assertThat(row.outcome()).isEqualTo(Outcome.COMPLETED);
		assertThat(row.exitCode()).isZero();
		assertThat(isPollFree()).isTrue();
	}

	@Test
	void aDumpIsReportedOnceAndAPollThatFindsNothingLeavesNoTrace() {
		write("v", "shop-0/a.hprof");
		this.poller.poll();
		this.lab.clock.move(Duration.ofMinutes(1));
		assertThat(this.poller.poll()).isTrue();
		assertThat(this.pages).hasSize(1);
		assertThat(this.lab.rows.findAll()).hasSize(1);
	}

	@Test
	void whatIsFoundTogetherIsOneMessage() {
		write("v", "shop-0/a.hprof");
		write("w", "till-0/a.hprof");
		this.poller.poll();
		assertThat(this.pages).singleElement().asString().contains("`shop-0`", "`till-0`");
	}

	@Test
	void nothingIsPolledWhereNobodyIsNotified() {
		write("v", "shop-0/a.hprof");
		this.poller.close();
		this.poller = poller(false);
		assertThat(this.poller.poll()).isTrue();
		assertThat(bucket("v").calls()).isEmpty();
		assertThat(this.lab.jdbc.queryForList("SELECT name FROM shedlock WHERE name = 'poll'")).isEmpty();
	}

	@Test
	void oneServicePollsAtATime() {
		write("v", "shop-0/a.hprof");
		try (Lease.Held held = this.poll.take().orElseThrow()) {
			assertThat(this.poller.poll()).isFalse();
			assertThat(held.isLost()).isFalse();
		}
		assertThat(bucket("v").calls()).isEmpty();
		assertThat(this.poller.poll()).isTrue();
		assertThat(this.pages).hasSize(1);
	}

	@Test
	void aRunAtWorkDoesNotPreventPolls() {
		write("v", "shop-0/a.hprof");
		try (Lease.Held held = this.lab.lease.take().orElseThrow()) {
			assertThat(this.poller.poll()).isTrue();
			assertThat(held.isLost()).isFalse();
		}
		assertThat(this.pages).hasSize(1);
	}

	@Test
	void aPollDoesNotPreventRuns() {
		bucket("v").beforeList(() -> assertThat(this.lab.execute()).isEqualTo(ExitCode.OK));
		assertThat(this.poller.poll()).isTrue();
		assertThat(this.lab.written).containsExactly(1L);
	}

	@Test
	void aVolumeThatFailsKeepsNobodyFromHearingOfTheOthers() {
		bucket("v").outage(Kind.UNAVAILABLE);
		write("w", "shop-0/a.hprof");
		assertThat(this.poller.poll()).isTrue();
		assertThat(this.pages).singleElement().asString().contains("`shop-0`");
	}

	@Test
	void aDirectoryThatTakesLongIsListedTheMoreSeldom() {
		bucket("v").beforeList(() -> this.lab.clock.move(Duration.ofSeconds(3)));
		this.poller.poll();
		this.lab.clock.move(Duration.ofSeconds(60).minusMillis(1));
		this.poller.poll();
		assertThat(bucket("v").calls("list")).as("twenty times what it took").hasSize(1);
		assertThat(bucket("w").calls("list")).as("each volume by itself").hasSize(2);
		this.lab.clock.move(Duration.ofMillis(1));
		this.poller.poll();
		assertThat(bucket("v").calls("list")).hasSize(2);
	}

	@Test
	void whoAsksForVolumesHearsWhichWerePutOff() {
		bucket("v").beforeList(() -> this.lab.clock.move(Duration.ofSeconds(3)));
		assertThat(this.poller.poll(List.of("v", "w"))).isEmpty();
		assertThat(this.poller.poll(List.of("v", "w"))).as("one rests").containsExactly("v");
		try (Lease.Held held = this.poll.take().orElseThrow()) {
			assertThat(this.poller.poll(List.of("v", "w"))).containsExactlyInAnyOrder("v", "w");
			assertThat(held.isLost()).isFalse();
		}
		this.lab.clock.move(Duration.ofMinutes(1));
		assertThat(this.poller.poll(List.of("v", "w"))).isEmpty();
	}

	@Test
	void aVolumeThatFailsIsPutOff() {
		bucket("v").outage(Kind.UNAVAILABLE);
		assertThat(this.poller.poll(List.of("v", "w"))).containsExactly("v");
		bucket("v").outage(null);
		this.lab.clock.move(Duration.ofMinutes(1));
		assertThat(this.poller.poll(List.of("v"))).isEmpty();
	}

	@Test
	void aVolumeThatFailsRestsAsASlowOneDoes() {
		bucket("v").beforeList(() -> this.lab.clock.move(Duration.ofSeconds(3))).outage(Kind.UNAVAILABLE);
		this.poller.poll();
		this.lab.clock.move(Duration.ofSeconds(60).minusMillis(1));
		this.poller.poll();
		assertThat(bucket("v").calls("list")).hasSize(1);
		this.lab.clock.move(Duration.ofMillis(1));
		this.poller.poll();
		assertThat(bucket("v").calls("list")).hasSize(2);
	}

	@Test
	void aListingThatCannotBeTrustedIsPutOffAndTheOthersAreListed() {
		bucket("v").beforeList(() -> TestScans.walk(this.lab.stop, 0).forEach(bucket("w"), "", (entry) -> {
		}));
		write("w", "shop-0/a.hprof");
		assertThat(this.poller.poll(List.of("v", "w"))).containsExactly("v");
		assertThat(this.pages).singleElement().asString().contains("`shop-0`");
	}

	@Test
	void aStopWaitsForAPollAtWork() {
		bucket("v").beforeList(() -> {
			// An interrupted wait ends at once, and only where there is work.
			Thread.currentThread().interrupt();
			this.lab.shutdown.stop();
			assertThat(Thread.interrupted()).isTrue();
			assertThat(this.lab.gateway.cutOffs()).isOne();
		});
		assertThat(this.poller.poll()).isTrue();
		assertThat(bucket("v").calls("list")).hasSize(1);
	}

	@Test
	void aStopEndsAPollAndGivesItsLeaseBack() {
		write("v", "shop-0/a.hprof");
		this.lab.stop.raise();
		assertThat(this.poller.poll()).isTrue();
		assertThat(this.pages).isEmpty();
		assertThat(isPollFree()).isTrue();
		this.lab.shutdown.stop();
		assertThat(this.lab.gateway.cutOffs()).as("the process waits for nothing any more").isZero();
	}

	@Test
	void aStopWhileMessagesAreSentIsRecordedAsOne() {
		write("v", "shop-0/a.hprof");
		this.robot = () -> {
			throw new StoppedException();
		};
		assertThat(this.poller.poll()).isTrue();
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.STOPPED);
		assertThat(this.lab.row(1).exitCode()).isEqualTo(143);
		assertThat(this.lab.records.cutOff()).as("it is no run that is continued").isEmpty();
	}

	@Test
	void aPollThatFailsIsRecordedAndGivesItsLeaseBack() {
		write("v", "shop-0/a.hprof");
		this.robot = () -> {
			throw new IllegalStateException("as planned");
		};
		assertThatIllegalStateException().isThrownBy(() -> this.poller.poll()).withMessage("as planned");
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.FAILED);
		assertThat(this.lab.row(1).exitCode()).isOne();
		assertThat(isPollFree()).isTrue();
		this.lab.shutdown.stop();
		assertThat(this.lab.gateway.cutOffs()).isZero();
	}

	@Test
	void whatARobotDoesNotTakeNowIsTriedByTheNextPoll() {
		write("v", "shop-0/a.hprof");
		this.robot = () -> DeliveryOutcome.RETRY_LATER;
		this.poller.poll();
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.COMPLETED);
		assertThat(this.lab.row(1).exitCode()).isEqualTo(8);
		this.robot = () -> DeliveryOutcome.DELIVERED;
		this.lab.clock.move(Duration.ofMinutes(1));
		this.poller.poll();
		assertThat(this.pages).singleElement().asString().contains("`shop-0`");
		assertThat(this.lab.row(2).exitCode()).isZero();
	}

	@Test
	void whatARobotWillNeverTakeIsNotTriedEachMinute() {
		write("v", "shop-0/a.hprof");
		this.robot = () -> DeliveryOutcome.REJECTED_ROBOT;
		this.poller.poll();
		assertThat(this.lab.row(1).exitCode()).isEqualTo(8);
		this.robot = () -> DeliveryOutcome.DELIVERED;
		this.lab.clock.move(Duration.ofMinutes(1));
		this.poller.poll();
		assertThat(this.lab.rows.findAll()).as("a run tries again, or a person").hasSize(1);
		assertThat(this.pages).isEmpty();
	}

	@Test
	void aDatabaseThatIsAwayIsNoFailureOfTheSchedule() {
		write("v", "shop-0/a.hprof");
		PollNewDumpsJob job = new PollNewDumpsJob(this.poller);
		this.lab.database.away(true);
		assertThat(FailureClassifier.of(catchThrowable(() -> this.poller.poll())).code()).isEqualTo(ExitCode.DATABASE);
		job.execute(null);
		this.lab.database.away(false);
		job.execute(null);
		assertThat(this.pages).hasSize(1);
	}

	@Test
	void aDumpThatAPodReportsIsReportedWithoutAPoll() {
		write("v", "shop-0/a.hprof");
		assertThat(this.poller.onDumpReported("v", key("shop-0/a.hprof"))).isTrue();
		untilNotified(1);
		assertThat(this.pages).singleElement().asString().contains("`shop-0`");
		assertThat(bucket("v").calls("list")).isEmpty();
		assertThat(this.lab.row(1).arguments()).isEqualTo("--new");
	}

	@Test
	void whatIsReportedLaterIsAnnouncedToo() {
		write("v", "shop-0/a.hprof");
		this.poller.onDumpReported("v", key("shop-0/a.hprof"));
		untilNotified(1);
		write("v", "till-0/a.hprof");
		this.poller.onDumpReported("v", key("till-0/a.hprof"));
		untilNotified(2);
		assertThat(this.pages.get(1)).contains("`till-0`").doesNotContain("`shop-0`");
	}

	@Test
	void whatIsReportedAfterAFailureIsAnnouncedWithWhatFailed() {
		this.robot = () -> {
			throw new IllegalStateException("as planned");
		};
		write("v", "shop-0/a.hprof");
		this.poller.onDumpReported("v", key("shop-0/a.hprof"));
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> this.lab.rows.findAll().stream().anyMatch((row) -> row.outcome() == Outcome.FAILED));
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(this::isPollFree);
		this.robot = () -> DeliveryOutcome.DELIVERED;
		write("w", "till-0/a.hprof");
		this.poller.onDumpReported("w", key("till-0/a.hprof"));
		untilNotified(1);
		assertThat(String.join("", this.pages)).contains("`shop-0`");
	}

	@Test
	void whatIsReportedWaitsForOthers() {
		this.poller.close();
		this.groupWait = Duration.ofHours(1);
		this.poller = poller(true);
		write("v", "shop-0/a.hprof");
		write("w", "till-0/a.hprof");
		CountDownLatch over = new CountDownLatch(1);
		bucket("w").beforeStat(() -> {
			pauseUntilNotified();
			over.countDown();
		});
		this.poller.onDumpReported("v", key("shop-0/a.hprof"));
		this.poller.onDumpReported("w", key("till-0/a.hprof"));
		await(over);
		assertThat(this.pages).isEmpty();
	}

	/** Long enough to see a message, if one were sent. */
	private void pauseUntilNotified() {
		for (int i = 0; i < 20 && this.pages.isEmpty(); i++) {
			LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
		}
	}

	@Test
	void whatIsReportedWhileAnotherServicePollsIsLeftToIt() {
		write("v", "shop-0/a.hprof");
		try (Lease.Held held = this.poll.take().orElseThrow()) {
			this.poller.onDumpReported("v", key("shop-0/a.hprof"));
			pauseUntilNotified();
			assertThat(held.isLost()).isFalse();
		}
		assertThat(this.pages).isEmpty();
		this.poller.poll();
		assertThat(this.pages).hasSize(1);
	}

	private void untilNotified(int pages) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(this.pages).hasSizeGreaterThanOrEqualTo(pages));
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(this::isPollFree);
	}

	@Test
	void whatIsReportedAndNotThereCausesNoMessage() {
		write("v", "shop-0/a.hprof");
		bucket("v").with("dumpfiles/notes.txt", "notes", RunsLab.NOW);
		assertThat(this.poller.onDumpReported("v", key("missing.hprof"))).isTrue();
		assertThat(this.poller.onDumpReported("v", key("notes.txt"))).isTrue();
		assertThat(this.poller.onDumpReported("nowhere", key("shop-0/a.hprof"))).isTrue();
		assertThat(this.poller.onDumpReported("v", key("shop-0/a.hprof"))).isTrue();
		untilNotified(1);
		assertThat(bucket("v").calls("stat")).startsWith("dumpfiles/missing.hprof")
			.doesNotContain("dumpfiles/notes.txt")
			.contains("dumpfiles/shop-0/a.hprof");
		assertThat(this.pages).hasSize(1);
	}

	@Test
	void aFalseReportCostsARequestAndNoLease() {
		this.poller.onDumpReported("v", key("missing.hprof"));
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(bucket("v").calls("stat")).isNotEmpty());
		pauseUntilNotified();
		assertThat(this.lab.jdbc.queryForList("SELECT name FROM shedlock WHERE name = 'poll'")).isEmpty();
	}

	@Test
	void nobodyPollsAVolumeThatIsNotManaged() {
		this.poller.close();
		this.poller = poller(true, "v");
		write("v", "shop-0/a.hprof");
		write("w", "till-0/a.hprof");
		assertThat(this.poller.onDumpReported("w", key("till-0/a.hprof"))).isTrue();
		assertThat(this.poller.onDumpReported("v", key("shop-0/a.hprof"))).isTrue();
		untilNotified(1);
		assertThat(bucket("w").calls()).isEmpty();
		assertThat(this.pages).singleElement().asString().doesNotContain("till");
	}

	@Test
	void callsThatComeTooFastAreRefusedAndNotKept() throws Exception {
		CountDownLatch polling = new CountDownLatch(1);
		CountDownLatch over = new CountDownLatch(1);
		bucket("v").beforeStat(() -> {
			polling.countDown();
			await(over);
		});
		try {
			assertThat(this.poller.onDumpReported("v", key("0.hprof"))).isTrue();
			assertThat(polling.await(1, TimeUnit.MINUTES)).isTrue();
			for (int call = 1; call <= 100; call++) {
				assertThat(this.poller.onDumpReported("v", key(call + ".hprof"))).as("call %d", call).isTrue();
			}
			assertThat(this.poller.onDumpReported("v", key("101.hprof"))).isFalse();
		}
		finally {
			this.poller.close();
			over.countDown();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(1, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
