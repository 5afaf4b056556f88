package dev.dumpkeeper.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import dev.dumpkeeper.notify.ScriptedRobot.Step;
import dev.dumpkeeper.notify.wecom.TestWecom;
import dev.dumpkeeper.run.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import static dev.dumpkeeper.notify.OutboxFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Several processes on one database.
 */
class OutboxOnServerIntegrationTests {

	private final OutboxDatabase database = OutboxDatabase.server();

	private final OutboxFixture fixture = new OutboxFixture(this.database);

	private final ScriptedRobot robot = new ScriptedRobot(this.fixture.clock());

	private final ExecutorService processes = Executors.newFixedThreadPool(2);

	@AfterEach
	void close() {
		this.processes.shutdownNow();
		this.database.close();
	}

	@Test
	void twoSendersShareTheRateAndNeitherRepeatsTheOthersPages() throws Exception {
		for (int i = 1; i <= 9; i++) {
			process().post(message("digest " + i, 5));
		}
		List<DeliveryReport> reports = both(() -> process().deliver());
		assertThat(this.robot.delivered()).hasSize(45).doesNotHaveDuplicates();
		assertThat(this.robot.busiestMinute()).isLessThanOrEqualTo(20);
		assertThat(reports).extracting(DeliveryReport::waiting).containsOnly(0);
		assertThat(reports.stream().mapToInt(DeliveryReport::delivered).sum()).isEqualTo(45);
		assertThat(this.database.outcomes()).hasSize(45).containsOnly("DELIVERED");
	}

	@Test
	void onePageIsUnderWayAtATime() throws Exception {
		AtomicInteger underWay = new AtomicInteger();
		List<Integer> seen = new ArrayList<>();
		Function<Object, ChannelAnswer> slow = (markdown) -> {
			seen.add(underWay.incrementAndGet());
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
			underWay.decrementAndGet();
			return this.robot.apply(markdown);
		};
		process(slow).post(message("digest 1", 20));
		both(() -> process(slow).deliver());
		assertThat(seen).hasSize(20).containsOnly(1);
		assertThat(this.robot.delivered()).isEqualTo(message("digest 1", 20).pages());
	}

	@Test
	void twoSendersAtDifferentPagesStillTakeTurns() throws Exception {
		process().post(message("digest 1", 2));
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		PlatformTransactionManager slow = new JdbcTransactionManager(this.database.jdbc().getDataSource()) {

			@Override
			protected void doCommit(DefaultTransactionStatus status) {
				begun.countDown();
				try {
					released.await(60, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				super.doCommit(status);
			}

		};
		OutboxRepository rows = new OutboxRepository(this.database.jdbc(), this.database.transactions(),
				TestWecom.LIMITS, this.fixture.clock());
		rows.ensureRobotRow("robot");
		WaitingPage first = rows.nextText(0, 0).orElseThrow();
		WaitingPage second = rows.nextText(first.message(), first.page()).orElseThrow();
		Future<Claim> one = this.processes
			.submit(() -> new OutboxRepository(this.database.jdbc(), slow, TestWecom.LIMITS, this.fixture.clock())
				.claim(first, "robot", Duration.ofSeconds(15)));
		assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
		Future<Claim> other = this.processes.submit(() -> rows.claim(second, "robot", Duration.ofSeconds(15)));
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> other.get(500, TimeUnit.MILLISECONDS));
		released.countDown();
		assertThat(one.get(60, TimeUnit.SECONDS)).isInstanceOf(Claim.Granted.class);
		assertThat(other.get(60, TimeUnit.SECONDS))
			.isEqualTo(new Claim.Wait(Claim.Reason.IN_FLIGHT, Duration.ofSeconds(15)));
	}

	@Test
	void aClaimThatTheDatabaseUndidIsMadeAnew() {
		process().post(message("digest 1", 1));
		AtomicInteger undone = new AtomicInteger();
		PlatformTransactionManager deadlocked = new JdbcTransactionManager(this.database.jdbc().getDataSource()) {

			@Override
			protected void doCommit(DefaultTransactionStatus status) {
				if (undone.incrementAndGet() <= 2) {
					doRollback(status);
					throw new CannotAcquireLockException("Deadlock found when trying to get lock");
				}
				super.doCommit(status);
			}

		};
		OutboxRepository rows = new OutboxRepository(this.database.jdbc(), this.database.transactions(),
				TestWecom.LIMITS, this.fixture.clock());
		rows.ensureRobotRow("robot");
		WaitingPage page = rows.nextText(0, 0).orElseThrow();
		assertThat(new OutboxRepository(this.database.jdbc(), deadlocked, TestWecom.LIMITS, this.fixture.clock())
			.claim(page, "robot", Duration.ofSeconds(15))).isInstanceOf(Claim.Granted.class);
		assertThat(this.database.outcomes()).hasSize(1);
	}

	@Test
	void twoSendersWithFaultsRepeatNoMoreThanWasLost() throws Exception {
		this.robot.script(Step.lost(true), Step.answer(DeliveryOutcome.RETRY_LATER), Step.lost(true), Step.lost(false),
				Step.answer(DeliveryOutcome.TOO_FREQUENT), Step.answer(DeliveryOutcome.REJECTED_PAGE));
		process().post(message("digest 1", 12));
		both(() -> process().deliver());
		process().deliver();
		assertThat(process().state().pages()).isZero();
		assertThat(this.robot.delivered()).containsAll(message("digest 1", 12).pages());
		assertThat(this.robot.delivered().size() - 12).isLessThanOrEqualTo(this.robot.ambiguous());
	}

	@Test
	void ofTwoWhoPostOneSubjectOnlyOneDoes() throws Exception {
		CyclicBarrier together = new CyclicBarrier(2);
		for (int i = 1; i <= 30; i++) {
			String subject = "digest " + i;
			List<Optional<Long>> posted = both(() -> {
				together.await(10, TimeUnit.SECONDS);
				return new TransactionTemplate(this.database.transactions())
					.execute((status) -> process().post(message(subject, 2)));
			});
			assertThat(posted).as(subject).filteredOn(Optional::isPresent).hasSize(1);
		}
		assertThat(process().state().pages()).isEqualTo(60);
	}

	@Test
	void whatIsPostedInAnOpenTransactionIsNotSent() {
		new TransactionTemplate(this.database.transactions()).executeWithoutResult((status) -> {
			process().post(message("digest 1", 1));
			try {
				assertThat(this.processes.submit(() -> process().deliver()).get(10, TimeUnit.SECONDS).waiting())
					.isZero();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		assertThat(process().deliver().delivered()).isEqualTo(1);
	}

	private Outbox process() {
		return process(this.robot);
	}

	/**
	 * One with transactions and a stop signal of its own. A long wait moves the common
	 * clock to the end of it as this process saw it, however often others move it; a poll
	 * whether another's page is through moves nothing, or that page would seem cut off.
	 */
	private Outbox process(Function<Object, ChannelAnswer> robot) {
		OwnClock clock = new OwnClock(this.fixture.clock());
		return new Outbox(
				new OutboxRepository(this.database.jdbc(), this.database.transactions(), TestWecom.LIMITS, clock),
				TestChannel.to("robot", robot), () -> Optional::of, this.fixture::listeners, (duration) -> {
					if (duration.compareTo(Duration.ofSeconds(1)) <= 0) {
						LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
					}
					else {
						this.fixture.clock().moveTo(clock.lastRead.plus(duration));
					}
				}, new StopSignal(), clock);
	}

	private <T> List<T> both(Callable<T> work) throws Exception {
		List<Future<T>> futures = List.of(this.processes.submit(work), this.processes.submit(work));
		List<T> results = new ArrayList<>();
		for (Future<T> future : futures) {
			results.add(future.get(120, TimeUnit.SECONDS));
		}
		return results;
	}

	/** The common clock, as one process last read it. */
	private static final class OwnClock extends Clock {

		private final Clock common;

		private volatile Instant lastRead;

		OwnClock(Clock common) {
			this.common = common;
			this.lastRead = common.instant();
		}

		@Override
		public Instant instant() {
			this.lastRead = this.common.instant();
			return this.lastRead;
		}

		@Override
		public ZoneId getZone() {
			return this.common.getZone();
		}

		@Override
		public Clock withZone(ZoneId zone) {
			throw new UnsupportedOperationException();
		}

	}

}
