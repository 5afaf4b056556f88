package dev.dumpkeeper.runs;

import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobPersistenceException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.simpl.RAMJobStore;
import org.quartz.spi.OperableTrigger;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.database.DatabaseWait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests for {@link Schedules}, on Quartz and a job store that is slow to give back a
 * trigger and fails, as a database may.
 */
class SchedulesTests {

	private static final TransactionOperations NONE = TransactionOperations.withoutTransaction();

	private static final DatabaseWait WAIT = new DatabaseWait(Duration.ofSeconds(5), () -> {
	});

	private static final ScheduleProperties PROPERTIES = new ScheduleProperties("0 0 */6 * * ?", "0 0 9 * * ?",
			"0 * * * * ?", ZoneId.of("Asia/Shanghai"));

	/** What was done in a transaction, and what without one. */
	private static final Set<String> together = new ConcurrentSkipListSet<>();

	private static final Set<String> alone = new ConcurrentSkipListSet<>();

	private static final List<String> events = new CopyOnWriteArrayList<>();

	/** The thread of an earlier one may not have ended yet. */
	private static int schedulers;

	/** What comes of storing the next triggers, although they are there then. */
	private static final Queue<SQLException> storing = new ConcurrentLinkedQueue<>();

	private static CountDownLatch acquired;

	private static CountDownLatch begun;

	private static CountDownLatch over;

	@BeforeEach
	void anew() {
		events.clear();
		storing.clear();
		together.clear();
		alone.clear();
		acquired = new CountDownLatch(1);
		begun = new CountDownLatch(1);
		over = new CountDownLatch(1);
	}

	@Test
	void theJobStoreIsClosedWhenTheSchedulerHasGivenBackWhatItHeld() throws Exception {
		Scheduler scheduler = scheduler();
		Schedules schedules = new Schedules(scheduler, null, NONE, WAIT);
		scheduler.scheduleJob(JobBuilder.newJob(Endless.class).build(),
				TriggerBuilder.newTrigger().startAt(new Date(System.currentTimeMillis() + 20_000)).build());
		scheduler.start();
		assertThat(acquired.await(20, TimeUnit.SECONDS)).isTrue();
		Thread thread = thread(scheduler);
		Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
		schedules.stop();
		schedules.destroy();
		thread.join();
		// In a few cases it has nothing to give back.
		assertThat(events).endsWith("closed");
	}

	@Test
	void aReplicaThatStoredAScheduleFirstIsNoFailure() throws Exception {
		storing.add(new SQLIntegrityConstraintViolationException("Duplicate entry"));
		storing.add(new SQLTransactionRollbackException("Deadlock found"));
		Schedules schedules = schedules();
		schedules.start();
		assertThat(schedules.next(JobName.MAINTENANCE)).isPresent();
		assertThat(schedules.next(JobName.DAILY_REPORT)).isPresent();
		schedules.stop();
		schedules.destroy();
	}

	/** Or replicas see one of its rows without the other. */
	@Test
	void aScheduleIsReadAndStoredInOneTransaction() throws Exception {
		Schedules schedules = new Schedules(scheduler(), PROPERTIES,
				new TransactionTemplate(new ResourcelessTransactionManager()), WAIT);
		schedules.start();
		schedules.stop();
		schedules.destroy();
		assertThat(alone).isEmpty();
		assertThat(together).contains("read", "stored");
	}

	@Test
	void aDatabaseThatStoresNothingIsAFailure() throws Exception {
		storing.add(new SQLException("the server has gone away"));
		Schedules schedules = schedules();
		assertThatIllegalStateException().isThrownBy(schedules::start)
			.withMessageContaining("the schedules could not be stored");
		schedules.destroy();
	}

	@Test
	void aDatabaseThatStoresNothingForNowIsWaitedFor() throws Exception {
		storing.add(new SQLException("running with the --read-only option", "HY000", 1290));
		Schedules schedules = schedules();
		schedules.start();
		assertThat(schedules.next(JobName.MAINTENANCE)).isPresent();
		schedules.stop();
		schedules.destroy();
	}

	private static Schedules schedules() throws SchedulerException {
		return new Schedules(scheduler(), PROPERTIES, NONE, WAIT);
	}

	@Test
	void workThatOutlivesTheDrainIsNotWaitedFor() throws Exception {
		Scheduler scheduler = scheduler();
		Schedules schedules = new Schedules(scheduler, null, NONE, WAIT);
		scheduler.scheduleJob(JobBuilder.newJob(Endless.class).build(), TriggerBuilder.newTrigger().startNow().build());
		scheduler.start();
		assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
		try {
			schedules.stop();
			assertTimeoutPreemptively(Duration.ofSeconds(10), schedules::destroy);
			assertThat(events).containsExactly("closed");
		}
		finally {
			over.countDown();
		}
	}

	private static Thread thread(Scheduler scheduler) throws SchedulerException {
		String name = scheduler.getSchedulerName() + "_QuartzSchedulerThread";
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static Scheduler scheduler() throws SchedulerException {
		Properties properties = new Properties();
		properties.setProperty("org.quartz.scheduler.instanceName", "test" + ++schedulers);
		properties.setProperty("org.quartz.jobStore.class", SlowStore.class.getName());
		properties.setProperty("org.quartz.threadPool.threadCount", "1");
		return new StdSchedulerFactory(properties).getScheduler();
	}

	/** A job that ends when the test lets it. */
	public static final class Endless implements Job {

		@Override
		public void execute(JobExecutionContext context) {
			begun.countDown();
			try {
				over.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

	/** A store that takes its time. */
	public static final class SlowStore extends RAMJobStore {

		@Override
		public List<OperableTrigger> acquireNextTriggers(long noLaterThan, int maxCount, long timeWindow) {
			List<OperableTrigger> triggers = super.acquireNextTriggers(noLaterThan, maxCount, timeWindow);
			if (!triggers.isEmpty()) {
				acquired.countDown();
			}
			return triggers;
		}

		@Override
		public void releaseAcquiredTrigger(OperableTrigger trigger) {
			try {
				Thread.sleep(300);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			super.releaseAcquiredTrigger(trigger);
			events.add("given back");
		}

		@Override
		public OperableTrigger retrieveTrigger(TriggerKey key) {
			note("read");
			return super.retrieveTrigger(key);
		}

		private static void note(String what) {
			(TransactionSynchronizationManager.isActualTransactionActive() ? together : alone).add(what);
		}

		@Override
		public void storeTrigger(OperableTrigger trigger, boolean replace) throws JobPersistenceException {
			note("stored");
			super.storeTrigger(trigger, replace);
			SQLException failure = storing.poll();
			if (failure != null) {
				throw new JobPersistenceException("Couldn't store trigger", failure);
			}
		}

		@Override
		public void shutdown() {
			events.add("closed");
		}

	}

}
