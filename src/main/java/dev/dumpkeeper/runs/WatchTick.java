package dev.dumpkeeper.runs;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.database.Failures;

/**
 * One light look for new dumps.
 */
@DisallowConcurrentExecution
final class WatchTick implements Job {

	private static final Logger logger = LoggerFactory.getLogger(WatchTick.class);

	private final Watch watch;

	WatchTick(Watch watch) {
		this.watch = watch;
	}

	@Override
	public void execute(JobExecutionContext context) {
		try {
			this.watch.look();
		}
		catch (RuntimeException ex) {
			logger.warn("looking for new dumps failed, the next minute tries again: {}", Failures.of(ex).message());
		}
	}

}
