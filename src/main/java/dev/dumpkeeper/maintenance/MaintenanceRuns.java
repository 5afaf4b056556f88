package dev.dumpkeeper.maintenance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

import dev.dumpkeeper.capacity.CapacityChecks;
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

	/** How soon a database that is away is tried again. */
	private static final Duration RETRY = Duration.ofSeconds(1);

	private final RunRepository runs;

	private final Map<String, Job> jobs;

	private final JobOperator operator;

	private final JobRepository jobRepository;

	private final VolumeCatalogue catalogue;

	private final Scans scans;

	private final Usage usage;

	private final Retention retention;

	private final CapacityChecks capacity;

	private final DumpLedger ledger;

	private final Outbox outbox;

	private final RunReports reports;

	private final Lease lease;

	private final RunProperties properties;

	private final StopSignal stop;

	private final Drain drain;

	private final Ending ending;

	private final RunListener listener;

	private final Clock clock;

	MaintenanceRuns(RunRepository runs, Map<String, Job> jobs, JobOperator operator, JobRepository jobRepository,
			VolumeCatalogue catalogue, Scans scans, Usage usage, CapacityChecks capacity, Retention retention,
			DumpLedger ledger, Outbox outbox, RunReports reports, Lease lease, RunProperties properties,
			StopSignal stop, Drain drain, Ending ending, RunListener listener, Clock clock) {
		this.runs = runs;
		this.jobs = jobs;
		this.operator = operator;
		this.jobRepository = jobRepository;
		this.catalogue = catalogue;
		this.scans = scans;
		this.usage = usage;
		this.retention = retention;
		this.capacity = capacity;
		this.ledger = ledger;
		this.outbox = outbox;
		this.reports = reports;
		this.lease = lease;
		this.properties = properties;
		this.stop = stop;
		this.drain = drain;
		this.ending = ending;
		this.listener = listener;
		this.clock = clock;
	}

	/**
	 * Does what was asked for. An unfinished run of the same job and arguments is
	 * continued first; when it began long ago, a new one follows.
	 * @param request what was asked for
	 * @param each gets the report of each run that came to its end
	 * @return the exit code of all of it
	 * @throws LockedException when another run holds the lease
	 */
	ExitCode execute(RunRequest request, Consumer<RunReport> each) {
		try (Work work = openOnceThere(request)) {
			return work.run(each);
		}
	}

	private Work openOnceThere(RunRequest request) {
		long end = System.nanoTime() + this.properties.awaitDatabase().toNanos();
		while (true) {
			try {
				return open(request);
			}
			catch (RuntimeException ex) {
				if (!isDatabaseAway(ex) || System.nanoTime() >= end) {
					throw ex;
				}
				logger.warn("{} waits: {}", request.job().text(), Failures.of(ex).message());
				this.stop.pauseUnlessEnding(RETRY);
			}
		}
	}

	private static boolean isDatabaseAway(RuntimeException ex) {
		return Failures.of(ex).code() == ExitCode.DATABASE;
	}

	/**
	 * Takes the lease and records the run, so that it has a number before it begins.
	 * @param request what was asked for
	 * @return the work, to be run and closed, by any thread
	 * @throws LockedException when another run holds the lease
	 */
	Work open(RunRequest request) {
		return open(request, false);
	}

	private Work open(RunRequest request, boolean onlyContinue) {
		Lease.Held held = this.lease.take().orElseThrow(() -> new LockedException(this.lease.holder()));
		try {
			this.drain.begin();
			try {
				return new Work(held, request, onlyContinue);
			}
			catch (RuntimeException ex) {
				this.drain.end();
				throw ex;
			}
		}
		catch (RuntimeException ex) {
			held.close();
			throw ex;
		}
	}

	/**
	 * Continues the newest run that was cut off or stopped with its process, unless
	 * somebody works. One that a person stopped waits until somebody asks for that job
	 * again, as does one of other than all volumes.
	 */
	void continueCutOff() {
		Instant since = this.clock.instant().minus(this.properties.continueWithin());
		for (RunRecord cutOff : this.runs.findCutOff(since, MAX_ATTEMPTS)) {
			JobName job = JobName.of(cutOff.job()).orElseThrow();
			try {
				RunRequest request = new RunRequest(job, false, List.of(), null,
						new Starter(cutOff.startedBy(), cutOff.startedFrom()), cutOff.scheduledFor());
				// It may have come to its end by itself just now: then nothing is begun.
				try (Work work = open(request, true)) {
					work.run(RunReport::log);
				}
			}
			catch (LockedException | DoneException ex) {
				logger.debug("run {} is not continued now: {}", cutOff.number(), ex.getMessage());
			}
		}
	}

	/**
	 * Asks a run to end at its next clean point, whichever process it runs in.
	 * @param run its number
	 * @return {@code false} when it has ended
	 */
	boolean askToStop(long run) {
		return this.runs.askToStop(run, this.clock.instant()) > 0;
	}

	/** One or two runs under one lease. */
	final class Work implements AutoCloseable {

		/** How soon a run hears that it is to stop. */
		private static final Duration LISTEN = Duration.ofSeconds(2);

		private final RunRequest request;

		/** Whether a further run may follow the one that is continued. */
		private final boolean another;

		private Lease.Held held;

		private RunRecord record;

		private volatile long number;

		private Work(Lease.Held held, RunRequest request, boolean onlyContinue) {
			this.held = held;
			this.request = request;
			RunRecord unfinished = unfinished(request);
			if (unfinished == null && onlyContinue) {
				throw new DoneException(request.job(), request.scheduledFor());
			}
			this.another = unfinished != null && !onlyContinue;
			this.record = (unfinished != null) ? resume(request, unfinished) : begin(request);
			this.number = this.record.number();
			held.every(LISTEN, this::listen);
		}

		/** The number of the run that is worked on. */
		long number() {
			return this.number;
		}

		/** Does the work; once. */
		ExitCode run(Consumer<RunReport> each) {
			List<ExitCode> codes = new ArrayList<>();
			codes.add(work(each));
			if (this.another && isAnotherDue() && !MaintenanceRuns.this.stop.isRaised()) {
				this.record = begin(this.request);
				this.number = this.record.number();
				codes.add(work(each));
			}
			return ExitCode.worst(codes);
		}

		private boolean isAnotherDue() {
			Instant scheduledFor = this.request.scheduledFor();
			return !this.record.startedAt().plus(RECENT).isAfter(MaintenanceRuns.this.clock.instant())
					&& (scheduledFor == null || !scheduledFor.equals(this.record.scheduledFor()));
		}

		private ExitCode work(Consumer<RunReport> each) {
			RunRequest request = this.request;
			try (MDC.MDCCloseable job = MDC.putCloseable("job", request.job().text());
					MDC.MDCCloseable number = MDC.putCloseable("run", String.valueOf(this.number))) {
				MaintenanceRuns.this.listener.began(request);
				AtomicReference<@Nullable RunReport> report = new AtomicReference<>();
				ExitCode code = workThroughOutages((written) -> {
					report.set(written);
					each.accept(written);
				});
				ended(request, this.record, code, report.get());
				return code;
			}
			catch (RuntimeException ex) {
				ended(request, this.record, Failures.of(ex).code(), null);
				throw ex;
			}
		}

		/** A database that goes away is waited for, and the run then continued. */
		private ExitCode workThroughOutages(Consumer<RunReport> each) {
			while (true) {
				try {
					ExitCode code = workOn(this.request, this.record, each);
					if (code != ExitCode.STOPPED || !this.held.isLost() || !isTakenUpAgain()) {
						return code;
					}
				}
				catch (RuntimeException ex) {
					if (!isDatabaseAway(ex) || !isTakenUpAgain()) {
						throw ex;
					}
				}
			}
		}

		private boolean isTakenUpAgain() {
			logger.warn("run {} was disturbed; waiting for the database", this.number);
			long end = System.nanoTime() + MaintenanceRuns.this.properties.awaitDatabase().toNanos();
			while (System.nanoTime() < end) {
				// Without a lease nothing may be asked to stop any more.
				this.held.close();
				MaintenanceRuns.this.stop.lower();
				MaintenanceRuns.this.stop.pauseUnlessEnding(RETRY);
				try {
					Lease.Held again = MaintenanceRuns.this.lease.take().orElse(null);
					if (again != null) {
						return isStillToDo(again);
					}
				}
				catch (RuntimeException ex) {
					if (!isDatabaseAway(ex)) {
						throw ex;
					}
				}
			}
			return false;
		}

		/** Somebody else may have continued it meanwhile. */
		private boolean isStillToDo(Lease.Held again) {
			this.held = again;
			RunRecord now = MaintenanceRuns.this.runs.findById(this.number).orElse(null);
			if (now == null || now.outcome() == Outcome.COMPLETED || now.outcome() == Outcome.ABANDONED
					|| now.attempts() >= MAX_ATTEMPTS) {
				return false;
			}
			logger.info("going on with run {}", this.number);
			this.record = MaintenanceRuns.this.runs.save(now.continuedBy(holder()));
			again.every(LISTEN, this::listen);
			return true;
		}

		private void listen() {
			if (MaintenanceRuns.this.runs.countStopAsked(this.number) > 0) {
				logger.info("run {} is asked to stop", this.number);
				MaintenanceRuns.this.stop.raiseForWork();
			}
		}

		@Override
		public void close() {
			this.held.close();
			MaintenanceRuns.this.stop.lower();
			MaintenanceRuns.this.drain.end();
		}

	}

	private @Nullable RunRecord unfinished(RunRequest request) {
		RunRecord unfinished = this.runs
			.findUnfinished(request.batchJob(), request.arguments(),
					this.clock.instant().minus(this.properties.continueWithin()))
			.orElse(null);
		if (unfinished == null) {
			return null;
		}
		if (unfinished.attempts() >= MAX_ATTEMPTS) {
			logger.warn("run {} was tried {} times; it is given up", unfinished.number(), MAX_ATTEMPTS);
		}
		else if (!isReadable(run(request, unfinished), unfinished.job())) {
			logger.warn("run {} cannot be continued: its state in the database was stored by an earlier version or"
					+ " changed by somebody else; it is given up, and what it left undone is left to the next run",
					unfinished.number());
		}
		else {
			return unfinished;
		}
		this.runs.save(unfinished.ended(Outcome.ABANDONED, ExitCode.UNEXPECTED, this.clock.instant(), null));
		return null;
	}

	/** Looks at all that Spring Batch reads when it restarts a job. */
	private boolean isReadable(Run run, String job) {
		try {
			JobInstance instance = this.jobRepository.getJobInstance(job, VolumeSteps.parameters(run));
			return instance == null || this.jobRepository.getJobExecutions(instance)
				.stream()
				.noneMatch((execution) -> ScalarContextSerializer.isUnreadable(execution)
						|| VolumeSteps.run(execution.getJobParameters()).id() != run.id());
		}
		catch (RuntimeException ex) {
			if (Failures.of(ex).code() != ExitCode.UNEXPECTED) {
				throw ex;
			}
			// Its message may show what is stored.
			logger.debug("the state of run {} is not read: {}", run.id(), ex.getClass().getSimpleName());
			return false;
		}
	}

	private RunRecord resume(RunRequest request, RunRecord unfinished) {
		logger.info("continuing run {} of {}", unfinished.number(), unfinished.startedAt());
		Run run = run(request, unfinished);
		if (this.scans.of(run).isEmpty()) {
			// It was cut off before it knew its volumes.
			this.scans.select(run, volumes(request));
		}
		this.capacity.select(run, request.volumes());
		this.runs.forgetStop(unfinished.number());
		return this.runs.save(unfinished.continuedBy(holder()));
	}

	/**
	 * Records that a schedule's time has come and could not be worked on before the
	 * process ends: whoever looks for runs that were cut off does it.
	 * @param request what the schedule asked for
	 */
	void owe(RunRequest request) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		this.runs.save(RunRecord.of(request, now, holder()).ended(Outcome.STOPPED, ExitCode.STOPPED, now, null));
	}

	private RunRecord begin(RunRequest request) {
		this.stop.check();
		Instant scheduledFor = request.scheduledFor();
		if (scheduledFor != null && this.runs.findScheduled(request.batchJob(), scheduledFor).isPresent()) {
			throw new DoneException(request.job(), scheduledFor);
		}
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		List<String> volumes = volumesToRecord(request, now);
		RunRecord record = this.runs.save(RunRecord.of(request, now, holder()));
		this.scans.select(run(request, record), volumes);
		this.capacity.select(run(request, record), request.volumes());
		return record;
	}

	private List<String> volumesToRecord(RunRequest request, Instant now) {
		try {
			return volumes(request);
		}
		catch (GatewayException ex) {
			this.runs.save(RunRecord.of(request, now, holder())
				.ended(Outcome.UNREACHABLE, ExitCode.GATEWAY, this.clock.instant(), null));
			throw ex;
		}
	}

	private List<String> volumes(RunRequest request) {
		if (request.approve() != null) {
			return this.retention.approvable(request.approve());
		}
		if (request.job() == JobName.CHECK_CAPACITY) {
			this.capacity.require(request.volumes(), this.clock.instant());
		}
		boolean needsNone = request.job() == JobName.DAILY_REPORT || request.job() == JobName.CHECK_CAPACITY;
		return needsNone ? List.of() : this.catalogue.select(request.volumes());
	}

	private static Run run(RunRequest request, RunRecord record) {
		return new Run(record.number(), record.startedAt(), request.dryRun());
	}

	private void ended(RunRequest request, RunRecord record, ExitCode code, @Nullable RunReport report) {
		this.listener.ended(request, code, Duration.between(record.startedAt(), this.clock.instant()), report);
	}

	private ExitCode workOn(RunRequest request, RunRecord record, Consumer<RunReport> each) {
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
			if (this.ending.isByPerson()) {
				this.runs.askToStop(run.id(), this.clock.instant());
			}
			this.runs.save(record.ended(Outcome.STOPPED, ExitCode.STOPPED, this.clock.instant(), null));
			logger.info("run {} is stopped; the next run continues it", run.id());
			return ExitCode.STOPPED;
		}
		throw failure(record, execution);
	}

	private RuntimeException failure(RunRecord record, JobExecution execution) {
		List<Throwable> causes = execution.getAllFailureExceptions();
		// A step that failed because of another one does not say why.
		Throwable cause = causes.stream()
			.filter((each) -> Failures.of(each).code() != ExitCode.UNEXPECTED)
			.findFirst()
			.or(() -> causes.stream().findFirst())
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
		JobExecution last = last(this.jobRepository, request.batchJob(), parameters);
		if (last == null) {
			forgetInstance(request.batchJob(), parameters);
			return this.operator.start(job(request), parameters);
		}
		if (last.getStatus() == BatchStatus.COMPLETED) {
			return last;
		}
		// Only the holder of the lease comes here, so whatever is recorded as running was
		// killed.
		return this.operator.restart(known(last.isRunning() ? this.operator.recover(last) : last));
	}

	/**
	 * The last time that a run's job was executed.
	 * @return {@code null} also where the run was cut off before its first execution was
	 * stored, which Spring Batch itself takes for an error
	 */
	static @Nullable JobExecution last(JobRepository repository, String job, JobParameters parameters) {
		JobInstance instance = repository.getJobInstance(job, parameters);
		return (instance == null || repository.getJobExecutions(instance).isEmpty()) ? null
				: repository.getLastJobExecution(job, parameters);
	}

	/** An instance without an execution can be neither started nor restarted. */
	private void forgetInstance(String job, JobParameters parameters) {
		JobInstance instance = this.jobRepository.getJobInstance(job, parameters);
		if (instance != null) {
			this.jobRepository.deleteJobInstance(instance);
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
				this.jobRepository.update(step);
			}
		}
		if (last.getStatus() == BatchStatus.UNKNOWN) {
			last.setStatus(BatchStatus.FAILED);
			this.jobRepository.update(last);
		}
		return last;
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
		this.capacity.forget(before);
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

	/** What was to be done has been done. */
	static final class DoneException extends RuntimeException {

		DoneException(JobName job, @Nullable Instant scheduledFor) {
			super(job.text() + " has had its run" + ((scheduledFor != null) ? " for " + scheduledFor : ""));
		}

	}

}
