package dev.dumpkeeper.maintenance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.maintenance.RunRecord.Outcome;
import dev.dumpkeeper.retention.Retention;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.VolumeSteps;
import dev.dumpkeeper.scan.Scans;
import dev.dumpkeeper.scan.VolumeCatalogue;
import dev.dumpkeeper.usage.Usage;
import dev.dumpkeeper.wecom.Outbox;

/**
 * Runs jobs, one at a time, and continues what was cut off.
 */
final class MaintenanceRuns {

	private static final Logger logger = LoggerFactory.getLogger(MaintenanceRuns.class);

	/** A run that fails again and again must not keep fresh ones from happening. */
	private static final int MAX_ATTEMPTS = 5;

	/** A continued run that began longer ago than this says too little about now. */
	private static final Duration RECENT = Duration.ofHours(1);

	private final RunRepository runs;

	private final Map<String, Job> jobs;

	private final JobOperator operator;

	private final JobRepository jobRepository;

	private final VolumeCatalogue catalogue;

	private final Scans scans;

	private final Usage usage;

	private final Retention retention;

	private final DumpLedger ledger;

	private final Outbox outbox;

	private final RunReports reports;

	private final Lease lease;

	private final RunProperties properties;

	private final StopSignal stop;

	private final Clock clock;

	MaintenanceRuns(RunRepository runs, Map<String, Job> jobs, JobOperator operator, JobRepository jobRepository,
			VolumeCatalogue catalogue, Scans scans, Usage usage, Retention retention, DumpLedger ledger, Outbox outbox,
			RunReports reports, Lease lease, RunProperties properties, StopSignal stop, Clock clock) {
		this.runs = runs;
		this.jobs = jobs;
		this.operator = operator;
		this.jobRepository = jobRepository;
		this.catalogue = catalogue;
		this.scans = scans;
		this.usage = usage;
		this.retention = retention;
		this.ledger = ledger;
		this.outbox = outbox;
		this.reports = reports;
		this.lease = lease;
		this.properties = properties;
		this.stop = stop;
		this.clock = clock;
	}

	/**
	 * Does what was asked for. An unfinished run of the same job and arguments is
	 * continued first; when it began long ago, a new one follows.
	 * @param request what was asked for
	 * @param each gets the report of each run that came to its end
	 * @return the exit code of all of it
	 */
	ExitCode execute(RunRequest request, Consumer<RunReport> each) {
		Optional<Lease.Held> held = this.lease.take();
		if (held.isEmpty()) {
			throw new LockedException(this.lease.holder());
		}
		try (Lease.Held lease = held.get()) {
			List<ExitCode> codes = new ArrayList<>();
			Optional<RunRecord> unfinished = this.runs.findUnfinished(request.batchJob(), request.arguments(),
					this.clock.instant().minus(this.properties.continueWithin()));
			if (unfinished.isPresent() && unfinished.get().attempts() >= MAX_ATTEMPTS) {
				logger.warn("run {} was tried {} times; it is given up", unfinished.get().number(), MAX_ATTEMPTS);
				this.runs
					.save(unfinished.get().ended(Outcome.ABANDONED, ExitCode.UNEXPECTED, this.clock.instant(), null));
				unfinished = Optional.empty();
			}
			if (unfinished.isPresent()) {
				logger.info("continuing run {} of {}", unfinished.get().number(), unfinished.get().startedAt());
				codes.add(work(request, this.runs.save(unfinished.get().continuedBy(holder())), each));
			}
			boolean recent = unfinished.isPresent()
					&& unfinished.get().startedAt().plus(RECENT).isAfter(this.clock.instant());
			if (!recent && !this.stop.isRaised()) {
				codes.add(begin(request, each));
			}
			return ExitCode.worst(codes);
		}
	}

	private ExitCode begin(RunRequest request, Consumer<RunReport> each) {
		this.stop.check();
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		List<String> volumes = (request.approve() != null) ? this.retention.approvable(request.approve())
				: select(request, now);
		RunRecord record = this.runs.save(RunRecord.of(request, now, holder()));
		this.scans.select(run(request, record), volumes);
		return work(request, record, each);
	}

	private List<String> select(RunRequest request, Instant now) {
		if (request.job() == JobName.DAILY_REPORT || request.job() == JobName.CHECK_CAPACITY) {
			return List.of();
		}
		try {
			return this.catalogue.select(request.volumes());
		}
		catch (GatewayException ex) {
			this.runs.save(RunRecord.of(request, now, holder())
				.ended(Outcome.UNREACHABLE, ExitCode.GATEWAY, this.clock.instant(), null));
			throw ex;
		}
	}

	private static Run run(RunRequest request, RunRecord record) {
		return new Run(record.number(), record.startedAt(), request.dryRun());
	}

	private ExitCode work(RunRequest request, RunRecord record, Consumer<RunReport> each) {
		Run run = run(request, record);
		if (request.approve() != null) {
			this.retention.approve(run, request.approve());
		}
		JobExecution execution;
		try {
			execution = launch(request, run);
		}
		catch (JobExecutionException ex) {
			throw new IllegalStateException("the job could not be started: " + ex.getMessage(), ex);
		}
		if (execution.getStatus() == BatchStatus.COMPLETED) {
			RunReport report = this.reports.of(run, request, this.clock.instant());
			this.runs.save(record.ended(Outcome.COMPLETED, report.exitCode(), this.clock.instant(), report.json()));
			forget();
			each.accept(report);
			return report.exitCode();
		}
		if (this.stop.isRaised()) {
			this.runs.save(record.ended(Outcome.STOPPED, ExitCode.STOPPED, this.clock.instant(), null));
			logger.info("run {} is stopped; the next run continues it", run.id());
			return ExitCode.STOPPED;
		}
		throw failure(record, execution);
	}

	private RuntimeException failure(RunRecord record, JobExecution execution) {
		Throwable cause = execution.getAllFailureExceptions()
			.stream()
			.findFirst()
			.orElseGet(() -> new IllegalStateException("the job ended as " + execution.getStatus()));
		Failures failure = Failures.of(cause);
		try {
			this.runs.save(record.ended(Outcome.FAILED, failure.code(), this.clock.instant(), null));
		}
		catch (RuntimeException ex) {
			// Without the database nothing can be recorded; the next run finds it
			// unfinished.
			cause.addSuppressed(ex);
		}
		return (cause instanceof RuntimeException runtime) ? runtime : new IllegalStateException(cause);
	}

	private JobExecution launch(RunRequest request, Run run) throws JobExecutionException {
		JobParameters parameters = VolumeSteps.parameters(run);
		JobExecution last = this.jobRepository.getLastJobExecution(request.batchJob(), parameters);
		if (last == null) {
			return this.operator.start(job(request), parameters);
		}
		if (last.getStatus() == BatchStatus.COMPLETED) {
			return last;
		}
		// Only the holder of the lease comes here, so whatever is recorded as running was
		// killed.
		return this.operator.restart(last.isRunning() ? this.operator.recover(last) : last);
	}

	private Job job(RunRequest request) {
		return this.jobs.values()
			.stream()
			.filter((job) -> job.getName().equals(request.batchJob()))
			.findFirst()
			.orElseThrow();
	}

	private void forget() {
		Instant before = this.clock.instant().minus(this.properties.keepFor());
		this.retention.forget(before);
		this.ledger.forget(before);
		this.outbox.forget(before);
		this.usage.forget(before);
		this.scans.forget(before);
		this.runs.deleteStartedBefore(before);
	}

	/** This process, as others are told about it. */
	static String holder() {
		return ProcessHandle.current().pid() + "@" + hostName();
	}

	private static String hostName() {
		@Nullable String name = System.getenv("HOSTNAME");
		if (name != null) {
			return name;
		}
		try {
			return java.net.InetAddress.getLocalHost().getHostName();
		}
		catch (java.net.UnknownHostException ex) {
			return "localhost";
		}
	}

	/** Another run holds the lease. */
	static final class LockedException extends RuntimeException {

		LockedException(String holder) {
			super("another run holds the lock (" + holder + "); nothing was done");
		}

	}

}
