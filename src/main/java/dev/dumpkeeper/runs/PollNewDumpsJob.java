package dev.dumpkeeper.runs;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.database.FailureClassifier;

/**
 * Polls for new dumps once.
 */
@DisallowConcurrentExecution
final class PollNewDumpsJob implements Job {

	private static final Logger logger = LoggerFactory.getLogger(PollNewDumpsJob.class);

	private final NewDumpPoller poller;

	PollNewDumpsJob(NewDumpPoller poller) {
		this.poller = poller;
	}

	@Override
	public void execute(JobExecutionContext context) {
		try {
			this.poller.poll();
		}
		catch (RuntimeException ex) {
			logger.warn("polling for new dumps failed, the next minute tries again: {}",
					FailureClassifier.of(ex).message());
		}
	}

}
