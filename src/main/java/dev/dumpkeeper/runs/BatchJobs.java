package dev.dumpkeeper.runs;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

import dev.dumpkeeper.database.FailureClassifier;
import dev.dumpkeeper.database.ScalarContextSerializer;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.VolumeStepBuilder;

/**
 * Starts the batch job of a run, or restarts it where it was cut off. Only the holder of
 * the lease calls it, so whatever is recorded as running was killed.
 */
final class BatchJobs {

	private static final Logger logger = LoggerFactory.getLogger(BatchJobs.class);

	private final Map<String, Job> jobs;

	private final JobOperator operator;

	private final JobRepository repository;

	BatchJobs(Map<String, Job> jobs, JobOperator operator, JobRepository repository) {
		this.jobs = jobs;
		this.operator = operator;
		this.repository = repository;
	}

	/**
	 * Executes the job of a run, in this thread; one that is complete stays as it is.
	 * @param volumes those it is confined to; none for all
	 */
	JobExecution execute(String job, Run run, List<String> volumes) {
		try {
			return execute(job, VolumeStepBuilder.parameters(run, volumes));
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("the job could not be started: " + ex.getMessage(), ex);
		}
	}

	private JobExecution execute(String job, JobParameters parameters) throws JobExecutionException {
		JobExecution last = last(job, parameters);
		if (last == null) {
			forgetInstance(job, parameters);
			return this.operator.start(
					this.jobs.values().stream().filter((each) -> each.getName().equals(job)).findFirst().orElseThrow(),
					parameters);
		}
		if (last.getStatus() == BatchStatus.COMPLETED) {
			return last;
		}
		return this.operator.restart(known(last.isRunning() ? this.operator.recover(last) : last));
	}

	/**
	 * The last time that a run's job was executed.
	 * @return {@code null} also where the run was cut off before its first execution was
	 * stored, which Spring Batch itself takes for an error
	 */
	@Nullable JobExecution last(String job, JobParameters parameters) {
		JobInstance instance = this.repository.getJobInstance(job, parameters);
		return (instance == null || this.repository.getJobExecutions(instance).isEmpty()) ? null
				: this.repository.getLastJobExecution(job, parameters);
	}

	/** An instance without an execution can be neither started nor restarted. */
	private void forgetInstance(String job, JobParameters parameters) {
		JobInstance instance = this.repository.getJobInstance(job, parameters);
		if (instance != null) {
			this.repository.deleteJobInstance(instance);
		}
	}

	/**
	 * Spring Batch refuses to continue what it could not record in time, whose steps then
	 * are unknown or still running. Nobody else runs them, and they can be repeated from
	 * whatever was recorded.
	 */
	private JobExecution known(JobExecution last) {
		for (StepExecution step : last.getStepExecutions()) {
			if (step.getStatus() == BatchStatus.UNKNOWN || step.getStatus().isRunning()) {
				step.setStatus(BatchStatus.FAILED);
				this.repository.update(step);
			}
		}
		if (last.getStatus() == BatchStatus.UNKNOWN) {
			last.setStatus(BatchStatus.FAILED);
			this.repository.update(last);
		}
		return last;
	}

	/**
	 * Whether a run can be continued: all that Spring Batch reads when it restarts the
	 * job is as this version stored it.
	 */
	boolean isReadable(String job, Run run) {
		try {
			JobInstance instance = this.repository.getJobInstance(job, VolumeStepBuilder.parameters(run));
			return instance == null || this.repository.getJobExecutions(instance)
				.stream()
				.noneMatch((execution) -> ScalarContextSerializer.isUnreadable(execution)
						|| VolumeStepBuilder.run(execution.getJobParameters()).id() != run.id());
		}
		catch (RuntimeException ex) {
			if (FailureClassifier.of(ex).code() != ExitCode.UNEXPECTED) {
				throw ex;
			}
			// Its message may show what is stored.
			logger.debug("the state of run {} is not read: {}", run.id(), ex.getClass().getSimpleName());
			return false;
		}
	}

}
