package dev.dumpkeeper.workers;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

import dev.dumpkeeper.run.Partitions;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.VolumeStepBuilder;

/**
 * Offers the partitions of this process's runs to all processes, itself included, and
 * executes partitions that it has claimed.
 */
final class SharedPartitions implements Partitions {

	private final StepPartitionRepository rows;

	private final Claims claims;

	private final JobRepository executions;

	private final WorkersProperties properties;

	private final String rules;

	private final StopSignal stop;

	private final Progress progress;

	private final PartitionListener listener;

	private final Map<String, SharedStep> steps = new ConcurrentHashMap<>();

	private final AtomicInteger managed = new AtomicInteger();

	/**
	 * @param rules what another process must have to take a partition
	 */
	SharedPartitions(StepPartitionRepository rows, Claims claims, JobRepository executions,
			WorkersProperties properties, String rules, StopSignal stop, Progress progress,
			PartitionListener listener) {
		this.rows = rows;
		this.claims = claims;
		this.executions = executions;
		this.properties = properties;
		this.rules = rules;
		this.stop = stop;
		this.progress = progress;
		this.listener = listener;
	}

	@Override
	public PartitionHandler handler(Step worker, int parallel) {
		SharedStep step = new SharedStep(worker, parallel);
		this.steps.put(worker.getName(), step);
		return (splitter, execution) -> {
			this.managed.incrementAndGet();
			try {
				Collection<StepExecution> partitions = splitter.split(execution, parallel);
				return new PartitionManager(this, step, VolumeStepBuilder.run(execution.getJobParameters()).id(),
						partitions)
					.handle();
			}
			finally {
				this.managed.decrementAndGet();
			}
		};
	}

	/** Whether this process has a step of its own to work on. */
	boolean isManaging() {
		return this.managed.get() > 0;
	}

	Map<String, SharedStep> steps() {
		return this.steps;
	}

	StepPartitionRepository rows() {
		return this.rows;
	}

	Claims claims() {
		return this.claims;
	}

	WorkersProperties properties() {
		return this.properties;
	}

	String rules() {
		return this.rules;
	}

	StopSignal stop() {
		return this.stop;
	}

	Progress progress() {
		return this.progress;
	}

	/**
	 * Executes a claimed partition, and ends the claim in this process.
	 * @param record records what becomes of the partition, which nobody offers again
	 * before
	 */
	void execute(StepPartition claim, StepExecution execution, Consumer<StepExecution> record) {
		try {
			execute(claim, execution);
			record.accept(execution);
		}
		finally {
			this.claims.end(claim);
		}
	}

	private void execute(StepPartition claim, StepExecution execution) {
		long begun = System.nanoTime();
		this.claims.begin(claim, VolumeStepBuilder.volume(execution));
		try {
			Objects.requireNonNull(this.steps.get(claim.step())).step().execute(execution);
		}
		catch (JobInterruptedException ex) {
			// Its status says so.
			execution.setTerminateOnly();
		}
		finally {
			this.claims.release(claim);
		}
		this.listener.ended(claim.step(), execution.getStatus().name(), Duration.ofNanos(System.nanoTime() - begun));
	}

	/** Reads a partition that another process may have worked on, to be executed. */
	StepExecution load(long id) {
		StepExecution execution = find(id);
		execution.setStatus(BatchStatus.STARTING);
		execution.setExitStatus(ExitStatus.EXECUTING);
		return execution;
	}

	StepExecution find(long id) {
		StepExecution execution = this.executions.getStepExecution(id);
		if (execution == null) {
			throw new IllegalStateException("the step execution " + id + " was removed");
		}
		return execution;
	}

	void update(StepExecution execution) {
		this.executions.update(execution);
	}

	/**
	 * A step that executes one partition.
	 *
	 * @param step the step
	 * @param parallel how many partitions a process executes at once
	 */
	record SharedStep(Step step, int parallel) {

	}

}
