package dev.dumpkeeper.runs;

import java.time.Duration;
import java.time.Instant;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.database.FailureClassifier;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.StoppedException;
import dev.dumpkeeper.runs.RunLauncher.LockedException;
import dev.dumpkeeper.runs.RunRecorder.DoneException;

/**
 * Executes one time of a schedule. It waits for a run that holds the lease and then
 * starts its own run: a scheduled time is never skipped because of a manual run.
 */
@DisallowConcurrentExecution
final class ScheduledRunJob implements Job {

	private static final Logger logger = LoggerFactory.getLogger(ScheduledRunJob.class);

	private static final Duration RETRY = Duration.ofSeconds(1);

	private final RunLauncher runs;

	private final RunRecorder records;

	private final StopSignal stop;

	ScheduledRunJob(RunLauncher runs, RunRecorder records, StopSignal stop) {
		this.runs = runs;
		this.records = records;
		this.stop = stop;
	}

	@Override
	public void execute(JobExecutionContext context) {
		JobName job = JobName.of(context.getJobDetail().getKey().getName()).orElseThrow();
		Instant scheduledFor = context.getScheduledFireTime().toInstant();
		RunRequest request = RunRequest.scheduled(job, scheduledFor);
		try {
			ExitCode code = runOnceFree(request);
			logger.info("{} of {} ended with {}", job.text(), scheduledFor, code);
		}
		catch (DoneException ex) {
			logger.info("{}", ex.getMessage());
		}
		catch (StoppedException ex) {
			logger.info("{} of {} is stopped; it is continued or caught up", job.text(), scheduledFor);
		}
		catch (RuntimeException ex) {
			// Quartz would only log it; the outcome of the run is recorded.
			FailureClassifier.log(logger, job.text() + " of " + scheduledFor, ex);
		}
	}

	private ExitCode runOnceFree(RunRequest request) {
		boolean said = false;
		while (true) {
			try {
				return this.runs.execute(request, RunReport::log);
			}
			catch (LockedException ex) {
				if (!said) {
					logger.info("{} waits: {}", request.job().text(), ex.getMessage());
					said = true;
				}
				pause(request);
			}
		}
	}

	private void pause(RunRequest request) {
		try {
			this.stop.pauseUnlessEnding(RETRY);
		}
		catch (StoppedException ex) {
			this.records.recordMissedFire(request);
			throw ex;
		}
	}

}
