package dev.dumpkeeper.runs;

import java.util.Set;

import org.quartz.Job;
import org.quartz.spi.TriggerFiredBundle;
import org.springframework.context.ApplicationContext;
import org.springframework.scheduling.quartz.SpringBeanJobFactory;

/**
 * Creates the jobs that schedules start. The database contains their class names, and
 * unknown ones are refused; Quartz then sets the schedule to its state ERROR.
 */
final class ScheduledJobFactory extends SpringBeanJobFactory {

	static final Set<Class<? extends Job>> JOBS = Set.of(ScheduledRunJob.class, PollNewDumpsJob.class,
			ResumeRunsJob.class);

	ScheduledJobFactory(ApplicationContext context) {
		setApplicationContext(context);
	}

	@Override
	protected Object createJobInstance(TriggerFiredBundle bundle) throws Exception {
		Class<?> type = bundle.getJobDetail().getJobClass();
		if (!JOBS.contains(type)) {
			throw new IllegalStateException("a schedule in the database names a job that is none of Dumpkeeper's");
		}
		return super.createJobInstance(bundle);
	}

}
