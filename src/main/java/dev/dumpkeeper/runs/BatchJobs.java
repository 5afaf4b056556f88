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
 * Starts the batch job of a run, or restarts it after an interruption. Called only by the
 * holder of the lease, so an execution that is recorded as running was killed.
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
	 * Executes the job of a run in this thread; a complete job is left unchanged.
	 * @param volumes the volumes to which it is limited; none for all
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
	 * Returns the last execution of a run's job.
	 * @return {@code null} also if the run was interrupted before its first execution was
	 * stored, which Spring Batch itself treats as an error
	 */
	@Nullable JobExecution last(String job, JobParameters parameters) {
		JobInstance instance = this.repository.getJobInstance(job, parameters);
		return (instance == null || this.repository.getJobExecutions(instance).isEmpty()) ? null
				: this.repository.getLastJobExecution(job, parameters);
	}

	/**
	 * Deletes an instance without executions, which can be neither started nor restarted.
	 */
	private void forgetInstance(String job, JobParameters parameters) {
		JobInstance instance = this.repository.getJobInstance(job, parameters);
		if (instance != null) {
			this.repository.deleteJobInstance(instance);
		}
	}

	/**
	 * Spring Batch refuses to continue an execution that it could not record in time,
	 * whose steps are unknown or still running. No other process runs them, and they can
	 * be repeated from whatever was recorded.
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
	 * Whether a run can be continued: everything that Spring Batch reads to restart the
	 * job has the format of this version.
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
			// Its message may contain stored data.
			logger.debug("the state of run {} is not read: {}", run.id(), ex.getClass().getSimpleName());
			return false;
		}
	}

}
