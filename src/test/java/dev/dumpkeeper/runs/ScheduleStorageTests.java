package dev.dumpkeeper.runs;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.CronTrigger;
import org.quartz.JobPersistenceException;
import org.quartz.Scheduler;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.simpl.RAMJobStore;
import org.quartz.spi.OperableTrigger;
import org.springframework.transaction.support.TransactionOperations;

import dev.dumpkeeper.database.DatabaseWait;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Schedules}: how what is stored is brought to what is configured. Every
 * time is years ahead.
 */
class ScheduleStorageTests {

	private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

	private static final String IN_JANUARY = "0 0 0 1 1 ? 2090";

	private static final String IN_MAY = "0 0 0 1 5 ? 2090";

	private static final String IN_JUNE = "0 0 0 1 6 ? 2090";

	private static final ScheduleProperties PROPERTIES = new ScheduleProperties(IN_JANUARY, IN_MAY, IN_JUNE, SHANGHAI);

	private static final ScheduleProperties NONE = new ScheduleProperties("-", "-", "-", SHANGHAI);

	/** The thread of an earlier one may not have ended yet. */
	private static int schedulers;

	/** What was stored, by its name. */
	private static final List<String> stored = new CopyOnWriteArrayList<>();

	private Scheduler scheduler;

	@BeforeEach
	void open() throws Exception {
		Properties properties = new Properties();
		properties.setProperty("org.quartz.scheduler.instanceName", "storage" + ++schedulers);
		properties.setProperty("org.quartz.jobStore.class", Store.class.getName());
		properties.setProperty("org.quartz.threadPool.threadCount", "1");
		this.scheduler = new StdSchedulerFactory(properties).getScheduler();
		this.scheduler.setJobFactory((fired, scheduler) -> (context) -> {
		});
		stored.clear();
	}

	@AfterEach
	void close() throws Exception {
		this.scheduler.shutdown();
	}

	/** A service starts with properties. */
	private Schedules start(ScheduleProperties properties) {
		Schedules schedules = new Schedules(this.scheduler, properties, TransactionOperations.withoutTransaction(),
				new DatabaseWait(Duration.ZERO, () -> {
				}));
		schedules.start();
		return schedules;
	}

	private CronTrigger trigger(String name) throws Exception {
		return (CronTrigger) this.scheduler.getTrigger(TriggerKey.triggerKey(name, "dumpkeeper"));
	}

	@Test
	void eachJobIsStoredAsConfigured() throws Exception {
		Schedules schedules = start(PROPERTIES);
		assertThat(schedules.isRunning()).isTrue();
		// Midnight in Shanghai.
		assertThat(schedules.next(JobName.MAINTENANCE)).hasValue(Instant.parse("2089-12-31T16:00:00Z"));
		assertThat(schedules.next(JobName.DAILY_REPORT)).hasValue(Instant.parse("2090-04-30T16:00:00Z"));
		assertThat(schedules.next(JobName.RECONCILE_DUMPS)).hasValue(Instant.parse("2090-05-31T16:00:00Z"));
		assertThat(schedules.next(JobName.EXPIRE_DUMPS)).as("it has no schedule").isEmpty();
		assertThat(this.scheduler.getJobDetail(trigger("maintenance").getJobKey()).getJobClass())
			.isEqualTo(ScheduledRunJob.class);
		assertThat(this.scheduler.getJobDetail(trigger("daily-report").getJobKey()).getJobClass())
			.isEqualTo(ScheduledRunJob.class);
		assertThat(this.scheduler.getJobDetail(trigger("poll").getJobKey()).getJobClass())
			.isEqualTo(PollNewDumpsJob.class);
	}

	@Test
	void aTimeThatNoServiceSawIsCaughtUpOnceAndAPollIsNot() throws Exception {
		start(PROPERTIES);
		assertThat(trigger("maintenance").getMisfireInstruction())
			.isEqualTo(CronTrigger.MISFIRE_INSTRUCTION_FIRE_ONCE_NOW);
		assertThat(trigger("daily-report").getMisfireInstruction())
			.isEqualTo(CronTrigger.MISFIRE_INSTRUCTION_FIRE_ONCE_NOW);
		assertThat(trigger("poll").getMisfireInstruction()).isEqualTo(CronTrigger.MISFIRE_INSTRUCTION_DO_NOTHING);
		assertThat(trigger("continue").getMisfireInstruction()).isEqualTo(CronTrigger.MISFIRE_INSTRUCTION_DO_NOTHING);
	}

	@Test
	void whatWasCutOffIsSearchedForEachMinuteWhateverIsConfigured() throws Exception {
		start(NONE);
		assertThat(trigger("continue").getCronExpression()).isEqualTo("30 * * * * ?");
		assertThat(this.scheduler.getJobDetail(trigger("continue").getJobKey()).getJobClass())
			.isEqualTo(ResumeRunsJob.class);
	}

	/** Storing it anew would forget a time that passed while no service ran. */
	@Test
	void whatIsStoredAsConfiguredIsLeftAlone() {
		start(PROPERTIES);
		assertThat(stored).containsExactly("maintenance", "daily-report", "poll", "continue");
		start(PROPERTIES);
		assertThat(stored).hasSize(4);
	}

	@Test
	void whatIsConfiguredAnewIsStoredAnew() {
		start(PROPERTIES);
		Schedules schedules = start(new ScheduleProperties(IN_MAY, IN_MAY, IN_JUNE, SHANGHAI));
		assertThat(stored.subList(4, stored.size())).containsExactly("maintenance");
		assertThat(schedules.next(JobName.MAINTENANCE)).isEqualTo(schedules.next(JobName.DAILY_REPORT));
	}

	@Test
	void anotherZoneMovesEveryTime() {
		start(PROPERTIES);
		Schedules schedules = start(new ScheduleProperties(IN_JANUARY, IN_MAY, IN_JUNE, ZoneId.of("Europe/Berlin")));
		assertThat(schedules.next(JobName.MAINTENANCE)).hasValue(Instant.parse("2089-12-31T23:00:00Z"));
		assertThat(stored).hasSize(8);
	}

	@Test
	void whatIsToHappenNeverIsTakenAwayAndComesBack() {
		start(PROPERTIES);
		Schedules schedules = start(NONE);
		assertThat(schedules.next(JobName.MAINTENANCE)).isEmpty();
		assertThat(schedules.next(JobName.DAILY_REPORT)).isEmpty();
		assertThat(schedules.next(JobName.RECONCILE_DUMPS)).isEmpty();
		assertThat(start(PROPERTIES).next(JobName.MAINTENANCE)).isPresent();
	}

	@Test
	void noTimeBeginsOnceTheProcessEnds() throws Exception {
		Schedules schedules = start(PROPERTIES);
		assertThat(this.scheduler.isInStandbyMode()).isFalse();
		schedules.stop();
		assertThat(schedules.isRunning()).isFalse();
		assertThat(this.scheduler.isInStandbyMode()).isTrue();
		assertThat(this.scheduler.isShutdown()).as("what has begun goes on").isFalse();
		schedules.destroy();
		assertThat(this.scheduler.isShutdown()).isTrue();
	}

	/** Writes down what it stores. */
	public static final class Store extends RAMJobStore {

		@Override
		public void storeTrigger(OperableTrigger trigger, boolean replace) throws JobPersistenceException {
			stored.add(trigger.getKey().getName());
			super.storeTrigger(trigger, replace);
		}

	}

}
