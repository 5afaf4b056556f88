package dev.dumpkeeper.run;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import org.slf4j.MDC;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.PartitionStep;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.partition.support.DefaultStepExecutionAggregator;
import org.springframework.batch.core.partition.support.SimpleStepExecutionSplitter;
import org.springframework.batch.core.partition.support.TaskExecutorPartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Builds Spring Batch steps from plain methods: one call for the whole run, or a
 * partition for each volume. A {@link StoppedException} ends the step as STOPPED, to be
 * continued by the next run; any other exception fails it.
 * <p>
 * The methods manage their own transactions: a scan takes minutes and must not hold one.
 */
public final class VolumeStepBuilder {

	private static final String VOLUME = "volume";

	private static final String VOLUMES = "volumes";

	private static final String PLACE = "place";

	/**
	 * Between names of volumes, and between a volume and what else names a part of a
	 * step. A volume's name has at most one slash, between its gateway's and its own.
	 */
	public static final String SEPARATOR = "//";

	private final String name;

	private final JobRepository jobRepository;

	private Function<Run, List<String>> volumes = (run) -> List.of();

	private int parallel = 1;

	private Partitions partitions = VolumeStepBuilder::inThisProcess;

	private VolumeStepBuilder(String name, JobRepository jobRepository) {
		this.name = name;
		this.jobRepository = jobRepository;
	}

	/**
	 * Starts a partitioned step.
	 * @param name its name, which is stored: renaming it is a migration
	 * @param jobRepository records its executions
	 * @return the builder
	 */
	public static VolumeStepBuilder named(String name, JobRepository jobRepository) {
		return new VolumeStepBuilder(name, jobRepository);
	}

	/**
	 * Creates a step with a single call.
	 * @param name its name, which is stored: renaming it is a migration
	 * @param jobRepository records its executions
	 * @param work the call; repeated as a whole when the run is continued after an
	 * interruption
	 * @return the step
	 */
	public static Step single(String name, JobRepository jobRepository, Consumer<Run> work) {
		return single(name, jobRepository, (run, volumes) -> work.accept(run));
	}

	/**
	 * Creates a step with a single call that receives the requested volumes.
	 * @param name its name, which is stored: renaming it is a migration
	 * @param jobRepository records its executions
	 * @param work the call, with the volumes to which the run is limited, none for all;
	 * repeated as a whole when the run is continued after an interruption
	 * @return the step
	 */
	public static Step single(String name, JobRepository jobRepository, BiConsumer<Run, Set<String>> work) {
		return new StepBuilder(name, jobRepository)
			.tasklet(
					(contribution, chunk) -> call(contribution,
							() -> work.accept(run(contribution), volumes(contribution))),
					new ResourcelessTransactionManager())
			.build();
	}

	/**
	 * Sets the volumes.
	 * @param volumes called once when the step starts, and again when it is continued;
	 * what follows a slash in an element is for the work alone
	 * @return this
	 */
	public VolumeStepBuilder over(Function<Run, List<String>> volumes) {
		this.volumes = volumes;
		return this;
	}

	/**
	 * Processes several volumes in parallel.
	 * @param parallel how many, at least 1
	 * @return this
	 */
	public VolumeStepBuilder parallel(int parallel) {
		this.parallel = parallel;
		return this;
	}

	/**
	 * Lets other processes execute partitions too.
	 * @param partitions hands them out
	 * @return this
	 */
	public VolumeStepBuilder sharedBy(Partitions partitions) {
		this.partitions = partitions;
		return this;
	}

	/**
	 * Builds the step.
	 * @param work called for each volume; repeated as a whole for a volume whose
	 * partition did not end
	 * @return the step
	 */
	public Step does(BiConsumer<Run, String> work) {
		Step worker = new StepBuilder(this.name + "Of", this.jobRepository)
			.tasklet((contribution, chunk) -> call(contribution, () -> {
				String volume = contribution.getStepExecution().getExecutionContext().getString(VOLUME);
				try (MDC.MDCCloseable scope = MDC.putCloseable(VOLUME, volume.split(SEPARATOR)[0])) {
					work.accept(run(contribution), volume);
				}
			}), new ResourcelessTransactionManager())
			.build();
		PartitionStep step = new PartitionStep(this.jobRepository);
		step.setName(this.name);
		step.setPartitionHandler(this.partitions.handler(worker, this.parallel));
		step.setStepExecutionSplitter(new Splitter(this.jobRepository, worker.getName(), this.volumes));
		step.setStepExecutionAggregator(new Aggregator());
		return step;
	}

	private static PartitionHandler inThisProcess(Step worker, int parallel) {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(worker.getName() + "-");
		executor.setConcurrencyLimit(parallel);
		TaskExecutorPartitionHandler handler = new TaskExecutorPartitionHandler();
		handler.setTaskExecutor(executor);
		handler.setStep(worker);
		return handler;
	}

	private static RepeatStatus call(StepContribution contribution, Runnable work) {
		try {
			work.run();
			return RepeatStatus.FINISHED;
		}
		catch (StoppedException ex) {
			contribution.getStepExecution().setTerminateOnly();
			// The step checks the flag before it continues, and then ends as STOPPED.
			return RepeatStatus.CONTINUABLE;
		}
	}

	private static Run run(StepContribution contribution) {
		return run(contribution.getStepExecution().getJobParameters());
	}

	private static Set<String> volumes(StepContribution contribution) {
		String volumes = contribution.getStepExecution().getJobParameters().getString(VOLUMES);
		return (volumes != null) ? new TreeSet<>(List.of(volumes.split(SEPARATOR))) : Set.of();
	}

	/**
	 * Reads the run from a job's parameters.
	 * @param parameters made by {@link #parameters(Run)}
	 * @return the run
	 */
	public static Run run(JobParameters parameters) {
		return new Run(required(parameters.getLong("run")), Instant.ofEpochMilli(required(parameters.getLong("now"))),
				Boolean.parseBoolean(parameters.getString("dryRun")));
	}

	/**
	 * Returns the name of a step's partition for one volume.
	 * @param step the step's name
	 * @param volume the volume
	 * @return the name under which Spring Batch stores it
	 */
	public static String part(String step, String volume) {
		return step + "Of:" + partition(volume);
	}

	/**
	 * Returns the volume of a partition.
	 * @param partition made by a step of this class
	 * @return the volume, empty when it has none
	 */
	public static String volume(StepExecution partition) {
		return partition.getExecutionContext().getString(VOLUME, "").split(SEPARATOR)[0];
	}

	/** Returns the place of a partition among those of its step. */
	static int place(StepExecution partition) {
		return partition.getExecutionContext().getInt(PLACE, 0);
	}

	private static String partition(String volume) {
		return UUID.nameUUIDFromBytes(volume.getBytes(UTF_8)).toString();
	}

	private static long required(@org.jspecify.annotations.Nullable Long value) {
		if (value == null) {
			throw new IllegalArgumentException("not the parameters of a run");
		}
		return value;
	}

	/**
	 * Converts a run to a job's parameters.
	 * @param run the run
	 * @param volumes the volumes to which it is limited; none for all
	 * @return parameters, of which only the run's id identifies the job instance
	 */
	public static JobParameters parameters(Run run, Collection<String> volumes) {
		JobParametersBuilder parameters = new JobParametersBuilder().addLong("run", run.id())
			.addLong("now", run.now().toEpochMilli(), false)
			.addString("dryRun", Boolean.toString(run.dryRun()), false);
		if (!volumes.isEmpty()) {
			parameters.addString(VOLUMES, String.join(SEPARATOR, new TreeSet<>(volumes)), false);
		}
		return parameters.toJobParameters();
	}

	/**
	 * Returns the parameters that identify a run's job instance.
	 * @param run the run
	 * @return parameters by which its executions are found
	 */
	public static JobParameters parameters(Run run) {
		return parameters(run, List.of());
	}

	private record Splitter(JobRepository jobRepository, String workerName,
			Function<Run, List<String>> volumes) implements StepExecutionSplitter {

		@Override
		public String getStepName() {
			return this.workerName;
		}

		@Override
		public Set<StepExecution> split(StepExecution stepExecution, int gridSize) throws JobExecutionException {
			Map<String, ExecutionContext> partitions = new HashMap<>();
			for (String volume : this.volumes.apply(run(stepExecution.getJobParameters()))) {
				ExecutionContext context = new ExecutionContext();
				context.putString(VOLUME, volume);
				context.putInt(PLACE, partitions.size());
				// The name of a volume may be longer than that of a step may be, and a
				// continued run must find the same partition again.
				partitions.put(partition(volume), context);
			}
			return new SimpleStepExecutionSplitter(this.jobRepository, this.workerName, (ignored) -> partitions)
				.split(stepExecution, gridSize);
		}

	}

	/** Adds failures in the partitions to the step's own failures. */
	private static final class Aggregator extends DefaultStepExecutionAggregator {

		@Override
		public void aggregate(StepExecution result, Collection<StepExecution> executions) {
			super.aggregate(result, executions);
			executions.forEach((execution) -> execution.getFailureExceptions().forEach(result::addFailureException));
		}

	}

}
