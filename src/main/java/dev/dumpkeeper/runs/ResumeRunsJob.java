package dev.dumpkeeper.runs;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.database.FailureClassifier;

/**
 * Continues runs that were interrupted with their process.
 */
@DisallowConcurrentExecution
final class ResumeRunsJob implements Job {

	private static final Logger logger = LoggerFactory.getLogger(ResumeRunsJob.class);

	private final RunLauncher runs;

	ResumeRunsJob(RunLauncher runs) {
		this.runs = runs;
	}

	@Override
	public void execute(JobExecutionContext context) {
		try {
			this.runs.continueCutOff();
		}
		catch (RuntimeException ex) {
			logger.error("an interrupted run could not be continued: {}", FailureClassifier.of(ex).message());
		}
	}

}
