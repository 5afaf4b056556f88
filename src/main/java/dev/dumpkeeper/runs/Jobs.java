package dev.dumpkeeper.runs;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.database.FailureClassifier;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.VolumeStepBuilder;
import dev.dumpkeeper.runs.JobRefusedException.Reason;
import dev.dumpkeeper.runs.RunLauncher.LockedException;
import dev.dumpkeeper.runs.RunLauncher.Work;
import dev.dumpkeeper.scan.VolumeScan;
import dev.dumpkeeper.scan.VolumeScans;
import dev.dumpkeeper.workers.Workers;

/**
 * The public interface to jobs: overview, history, start and stop.
 */
public final class Jobs implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Jobs.class);

	private static final int LAST = 5;

	private static final int HISTORY = 100;

	private final RunLauncher runs;

	private final RunRepository repository;

	private final RunRecorder records;

	private final BatchJobs batch;

	private final VolumeScans scans;

	private final Schedules schedules;

	private final Workers workers;

	private final ExecutorService worker = Executors.newSingleThreadExecutor(new CustomizableThreadFactory("run-"));

	Jobs(RunLauncher runs, RunRepository repository, RunRecorder records, BatchJobs batch, VolumeScans scans,
			Schedules schedules, Workers workers) {
		this.runs = runs;
		this.repository = repository;
		this.records = records;
		this.batch = batch;
		this.scans = scans;
		this.schedules = schedules;
		this.workers = workers;
	}

	/**
	 * Returns every job that can be started.
	 * @return in the order of the documentation
	 */
	public List<JobOverview> all() {
		return Arrays.stream(JobName.values()).map((job) -> overview(job, LAST)).toList();
	}

	/**
	 * Returns one job with its last hundred runs.
	 * @param job its name
	 * @return the job
	 * @throws JobRefusedException when there is none of that name
	 */
	public JobOverview history(String job) {
		return overview(named(job), HISTORY);
	}

	/**
	 * Returns one run in detail.
	 * @param job the job's name
	 * @param id the run's number
	 * @return the run
	 * @throws JobRefusedException when there is no such job or run
	 */
	public RunDetail run(String job, long id) {
		RunRecord record = find(named(job), id);
		Run run = new Run(id, record.startedAt(), record.arguments().contains("--dry-run"));
		JobExecution execution = this.batch.last(record.job(), VolumeStepBuilder.parameters(run));
		List<String> volumes = this.scans.findByRun(run).stream().map(VolumeScan::volume).toList();
		Map<Long, Workers.Share> shares = this.workers.shares(id);
		List<StepDetail> steps = (execution == null) ? List.of()
				: execution.getStepExecutions()
					.stream()
					.map((step) -> detail(step, volumes, shares.get(step.getId())))
					.toList();
		String report = record.report();
		return new RunDetail(overview(record), steps, (report != null) ? JsonMapper.shared().readTree(report) : null);
	}

	private static StepDetail detail(StepExecution step, List<String> volumes, Workers.@Nullable Share share) {
		String name = step.getStepName();
		String whole = name.replaceAll("Of:[0-9a-f-]{36}$", "");
		String volume = name.equals(whole) ? null
				: volumes.stream()
					.filter((each) -> VolumeStepBuilder.part(whole, each).equals(name))
					.findFirst()
					.orElse(null);
		return new StepDetail(whole, volume, step.getStatus().name(), step.getStartTime(), step.getEndTime(),
				(share != null) ? share.state() : null, (share != null) ? share.worker() : null,
				(share != null) ? share.takenOver() : 0, (share != null) ? share.work() : null,
				(share != null) ? share.objects() : 0);
	}

	/**
	 * Starts a job, and returns before it has ended.
	 * @param job its name
	 * @param dryRun whether nothing may change
	 * @param volumes the volumes to which it is limited, empty for all
	 * @param approve with {@code expire-dumps}, the plan to sweep
	 * @param initiator who requests it
	 * @return the run that was started, or an unfinished one that is continued first
	 * @throws JobRefusedException when it cannot start
	 */
	public RunOverview start(String job, boolean dryRun, List<String> volumes, @Nullable Long approve,
			RunInitiator initiator) {
		JobName name = named(job);
		if (approve != null && (name != JobName.EXPIRE_DUMPS || dryRun || !volumes.isEmpty())) {
			throw new JobRefusedException(Reason.WRONG, "approve belongs to expire-dumps, alone");
		}
		Work work;
		try {
			work = this.runs.open(RunRequest.by(initiator, name, dryRun, volumes, approve));
		}
		catch (LockedException ex) {
			throw new JobRefusedException(Reason.BUSY, String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			throw refused(FailureClassifier.of(ex));
		}
		this.worker.execute(() -> work(work));
		return overview(this.repository.findById(work.number()).orElseThrow());
	}

	private static void work(Work work) {
		try (work) {
			ExitCode code = work.run(RunReport::log);
			logger.info("run {} ended with {}", work.number(), code);
		}
		catch (RuntimeException ex) {
			FailureClassifier.log(logger, "run " + work.number(), ex);
		}
	}

	private static JobRefusedException refused(FailureClassifier failure) {
		return new JobRefusedException(switch (failure.code()) {
			case USAGE -> Reason.WRONG;
			case LOCKED -> Reason.BUSY;
			case GATEWAY, DATABASE, STOPPED -> Reason.UNAVAILABLE;
			case OK, UNEXPECTED, OBJECTS_FAILED, BRAKE_REFUSED, NOT_DELIVERED -> Reason.FAILED;
		}, failure.message());
	}

	/**
	 * Requests a run to stop at its next clean point, whichever process executes it. It
	 * reacts within seconds; the rest of its work waits until the job is started again.
	 * @param job the job's name
	 * @param id the run's number
	 * @return the run
	 * @throws JobRefusedException when there is no such job or run, or it has ended
	 */
	public RunOverview stop(String job, long id) {
		RunRecord record = find(named(job), id);
		if (!this.records.askToStop(id)) {
			throw new JobRefusedException(Reason.BUSY, "run " + id + " has ended");
		}
		return overview(record);
	}

	private static JobName named(String job) {
		return JobName.of(job).orElseThrow(() -> new JobRefusedException(Reason.UNKNOWN, "there is no such job"));
	}

	private RunRecord find(JobName job, long id) {
		return this.repository.findById(id)
			.filter((run) -> batchJobs(job).contains(run.job()))
			.orElseThrow(JobRefusedException::unknownRun);
	}

	private JobOverview overview(JobName job, int last) {
		return new JobOverview(job.text(), job.description(), this.schedules.next(job).orElse(null),
				this.repository.findLast(batchJobs(job), last).stream().map(Jobs::overview).toList());
	}

	private static List<String> batchJobs(JobName job) {
		return (job == JobName.EXPIRE_DUMPS) ? List.of(job.text(), JobName.APPROVED_PLAN) : List.of(job.text());
	}

	private static RunOverview overview(RunRecord run) {
		return new RunOverview(run.number(), run.job(), run.arguments(), run.startedAt(), run.startedBy(),
				run.startedFrom(), run.finishedAt(), (run.outcome() != null) ? run.outcome().name() : "RUNNING",
				run.exitCode(), run.holder(), run.attempts());
	}

	@Override
	public void close() {
		this.worker.shutdown();
	}

	/**
	 * A job.
	 *
	 * @param job its name
	 * @param description what it does
	 * @param nextRun when the schedule starts it next, {@code null} without a schedule
	 * @param runs its last runs, newest first
	 */
	public record JobOverview(String job, String description, @Nullable Instant nextRun, List<RunOverview> runs) {

	}

	/**
	 * A run.
	 *
	 * @param id its number
	 * @param job the job as it is stored: {@code expire-approved-plan} for an approved
	 * plan
	 * @param arguments the other arguments, as on the command line
	 * @param startedAt when it was first started
	 * @param startedBy who requested it
	 * @param startedFrom from where
	 * @param finishedAt when it ended, {@code null} while it runs or after it was killed
	 * @param outcome RUNNING, also after it was killed, COMPLETED, STOPPED, FAILED,
	 * UNREACHABLE or ABANDONED
	 * @param exitCode the exit code of the process, {@code null} while it runs
	 * @param holder the process that executes or executed it
	 * @param attempts how often it was started or continued
	 */
	public record RunOverview(long id, String job, String arguments, Instant startedAt, String startedBy,
			String startedFrom, @Nullable Instant finishedAt, String outcome, @Nullable Integer exitCode, String holder,
			int attempts) {

	}

	/**
	 * A run with its results.
	 *
	 * @param run the run
	 * @param steps its steps in the last attempt, with a part for each volume
	 * @param report its counts, as the command line prints them; {@code null} before its
	 * end
	 */
	public record RunDetail(RunOverview run, List<StepDetail> steps, @Nullable JsonNode report) {

	}

	/**
	 * A step, or its part for one volume.
	 *
	 * @param name the step's name
	 * @param volume the volume, {@code null} for a step as a whole
	 * @param status its status in Spring Batch
	 * @param startedAt when it began, in the process's zone
	 * @param finishedAt when it ended, {@code null} while it runs
	 * @param share WAITING, RUNNING or DONE, {@code null} for a step that is not shared
	 * @param worker the process that works or worked on it, {@code null} for a step that
	 * is not shared, and while it waits
	 * @param takenOver how often it was taken from a process that was silent, 0 or more
	 * @param work what is counted, such as {@code scanned}, {@code null} before
	 * @param objects how many so far, some seconds late
	 */
	public record StepDetail(String name, @Nullable String volume, String status,
			java.time.@Nullable LocalDateTime startedAt, java.time.@Nullable LocalDateTime finishedAt,
			@Nullable String share, @Nullable String worker, int takenOver, @Nullable String work, long objects) {

	}

}
