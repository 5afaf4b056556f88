package dev.dumpkeeper.runs;

import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTransactionRollbackException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.UnaryOperator;

import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.support.TransactionOperations;

import dev.dumpkeeper.database.DatabaseWait;

/**
 * Updates the schedules in the database from the configuration and then starts the
 * scheduler. An unchanged schedule is not stored again, since that would lose a time that
 * passed while no service ran.
 */
final class Schedules implements SmartLifecycle, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(Schedules.class);

	private static final String GROUP = "dumpkeeper";

	private static final String POLL = "poll";

	private static final String CONTINUE = "continue";

	/** At half past the minute, when a pass of the full hour already has its lease. */
	private static final String EVERY_MINUTE = "30 * * * * ?";

	private static final int ATTEMPTS = 5;

	private final Scheduler scheduler;

	private final ScheduleProperties properties;

	private final TransactionOperations transaction;

	private final DatabaseWait wait;

	private volatile boolean running;

	Schedules(Scheduler scheduler, ScheduleProperties properties, TransactionOperations transaction,
			DatabaseWait wait) {
		this.scheduler = scheduler;
		this.properties = properties;
		this.transaction = transaction;
		this.wait = wait;
	}

	@Override
	public void start() {
		this.wait.through(this::store);
		try {
			this.scheduler.start();
		}
		catch (SchedulerException ex) {
			throw notStored(ex);
		}
		this.running = true;
	}

	private void store() {
		// Missed times are caught up with one run, however many there were.
		schedule(JobName.MAINTENANCE.text(), ScheduledRunJob.class, this.properties.maintenance(),
				CronScheduleBuilder::withMisfireHandlingInstructionFireAndProceed);
		schedule(JobName.DAILY_REPORT.text(), ScheduledRunJob.class, this.properties.dailyReport(),
				CronScheduleBuilder::withMisfireHandlingInstructionFireAndProceed);
		schedule(POLL, PollNewDumpsJob.class, this.properties.reconcile(),
				CronScheduleBuilder::withMisfireHandlingInstructionDoNothing);
		schedule(CONTINUE, ResumeRunsJob.class, EVERY_MINUTE,
				CronScheduleBuilder::withMisfireHandlingInstructionDoNothing);
	}

	/**
	 * Spring's job store relies on a surrounding transaction to store a schedule's rows
	 * together, and to hold Quartz's lock until then. Replicas that start together may
	 * still collide while the lock has no row.
	 */
	private void schedule(String name, Class<? extends Job> type, String expression,
			UnaryOperator<CronScheduleBuilder> missed) {
		for (int attempt = 1;; attempt++) {
			try {
				this.transaction.executeWithoutResult((status) -> {
					try {
						store(name, type, expression, missed);
					}
					catch (SchedulerException ex) {
						throw notStored(ex);
					}
				});
				return;
			}
			catch (RuntimeException ex) {
				if (attempt == ATTEMPTS || !isCollision(ex)) {
					throw ex;
				}
				logger.debug("another replica was quicker", ex);
			}
		}
	}

	private static IllegalStateException notStored(SchedulerException ex) {
		return new IllegalStateException("the schedules could not be stored: " + ex.getMessage(), ex);
	}

	private static boolean isCollision(RuntimeException ex) {
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(ex);
		return cause instanceof ObjectAlreadyExistsException
				|| cause instanceof SQLIntegrityConstraintViolationException
				|| cause instanceof SQLTransactionRollbackException;
	}

	private void store(String name, Class<? extends Job> type, String expression,
			UnaryOperator<CronScheduleBuilder> missed) throws SchedulerException {
		TriggerKey key = TriggerKey.triggerKey(name, GROUP);
		if (ScheduleProperties.NEVER.equals(expression)) {
			this.scheduler.unscheduleJob(key);
			return;
		}
		JobDetail job = JobBuilder.newJob(type).withIdentity(name, GROUP).storeDurably().build();
		this.scheduler.addJob(job, true);
		CronScheduleBuilder cron = CronScheduleBuilder.cronSchedule(expression)
			.inTimeZone(TimeZone.getTimeZone(this.properties.zone()));
		CronTrigger wanted = TriggerBuilder.newTrigger()
			.withIdentity(key)
			.forJob(job)
			.withSchedule(missed.apply(cron))
			.build();
		Trigger stored = this.scheduler.getTrigger(key);
		if (this.scheduler.checkExists(key)
				&& (stored == null || this.scheduler.getTriggerState(key) == TriggerState.ERROR)) {
			// Somebody else changed it or its job, so that it would never be due again.
			logger.warn("the schedule of {} cannot be used as it is stored; it is stored anew", name);
			this.scheduler.unscheduleJob(key);
			stored = null;
		}
		if (stored == null) {
			this.scheduler.scheduleJob(wanted);
		}
		else if (!isSame(stored, wanted)) {
			logger.info("the schedule of {} is now '{}'", name, expression);
			this.scheduler.rescheduleJob(key, wanted);
		}
	}

	private static boolean isSame(Trigger stored, CronTrigger wanted) {
		return stored instanceof CronTrigger cron && cron.getCronExpression().equals(wanted.getCronExpression())
				&& cron.getTimeZone().getID().equals(wanted.getTimeZone().getID())
				&& cron.getMisfireInstruction() == wanted.getMisfireInstruction();
	}

	/**
	 * Returns when a job is due next.
	 * @param job the job
	 * @return the time, or empty if it has no schedule
	 */
	Optional<Instant> next(JobName job) {
		try {
			Trigger trigger = this.scheduler
				.getTrigger(TriggerKey.triggerKey((job == JobName.RECONCILE_DUMPS) ? POLL : job.text(), GROUP));
			return Optional.ofNullable(trigger).map(Trigger::getNextFireTime).map(Date::toInstant);
		}
		catch (SchedulerException ex) {
			throw new IllegalStateException("the schedules could not be read: " + ex.getMessage(), ex);
		}
	}

	/** Stops further times; {@link GracefulShutdown} waits for those that have begun. */
	@Override
	public void stop() {
		this.running = false;
		try {
			this.scheduler.standby();
		}
		catch (SchedulerException ex) {
			logger.warn("the scheduler did not stop: {}", ex.getMessage());
		}
	}

	/**
	 * Shuts the scheduler down after the drain. Unless Quartz is told to wait, it closes
	 * its job store under its own thread, which then logs an error; since it waits
	 * without a limit, it is told to wait only when no work is left.
	 */
	@Override
	public void destroy() throws SchedulerException {
		this.scheduler.shutdown(this.scheduler.getCurrentlyExecutingJobs().isEmpty());
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** The last to start and the first to stop, while the database is available. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

}
