package dev.dumpkeeper.runs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

import dev.dumpkeeper.database.FailureClassifier;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.TerminationSignal;
import dev.dumpkeeper.runs.RunRecorder.DoneException;

/**
 * Runs jobs, one at a time, and continues interrupted ones.
 */
public final class RunLauncher {

	private static final Logger logger = LoggerFactory.getLogger(RunLauncher.class);

	/**
	 * A continued run that began earlier than this does not reflect the current state.
	 */
	private static final Duration RECENT = Duration.ofHours(1);

	/** How soon an unavailable database is tried again. */
	private static final Duration RETRY = Duration.ofSeconds(1);

	/** How soon a run notices a request to stop. */
	private static final Duration LISTEN = Duration.ofSeconds(2);

	private final RunRecorder records;

	private final RunScope scope;

	private final BatchJobs jobs;

	private final RunReporter reports;

	private final Lease lease;

	private final Duration awaitDatabase;

	private final Shutdown shutdown;

	private final RunListener listener;

	private final Clock clock;

	/**
	 * @param awaitDatabase how long to wait for an unavailable database
	 */
	RunLauncher(RunRecorder records, RunScope scope, BatchJobs jobs, RunReporter reports, Lease lease,
			Duration awaitDatabase, Shutdown shutdown, RunListener listener, Clock clock) {
		this.records = records;
		this.scope = scope;
		this.jobs = jobs;
		this.reports = reports;
		this.lease = lease;
		this.awaitDatabase = awaitDatabase;
		this.shutdown = shutdown;
		this.listener = listener;
		this.clock = clock;
	}

	/**
	 * Executes a request. An unfinished run of the same job and arguments is continued
	 * first; if it began long ago, a new one follows.
	 * @param request the request
	 * @param each receives the report of each run that ended
	 * @return the exit code of all runs
	 * @throws LockedException when another run holds the lease
	 */
	public ExitCode execute(RunRequest request, Consumer<RunReport> each) {
		try (Work work = openOnceThere(request)) {
			return work.run(each);
		}
	}

	private Work openOnceThere(RunRequest request) {
		long end = System.nanoTime() + this.awaitDatabase.toNanos();
		while (true) {
			try {
				return open(request);
			}
			catch (RuntimeException ex) {
				if (!isDatabaseAway(ex) || System.nanoTime() >= end) {
					throw ex;
				}
				logger.warn("{} waits: {}", request.job().text(), FailureClassifier.of(ex).message());
				this.shutdown.stop().pauseUnlessEnding(RETRY);
			}
		}
	}

	private static boolean isDatabaseAway(RuntimeException ex) {
		return FailureClassifier.of(ex).code() == ExitCode.DATABASE;
	}

	/**
	 * Takes the lease and records the run, so that it has a number before it begins.
	 * @param request the request
	 * @return the work, to be run and closed by any thread
	 * @throws LockedException when another run holds the lease
	 */
	Work open(RunRequest request) {
		return open(request, false);
	}

	private Work open(RunRequest request, boolean onlyContinue) {
		Lease.Held held = this.lease.take().orElseThrow(() -> new LockedException(this.lease.holder()));
		try {
			this.shutdown.drain().begin();
			try {
				return new Work(held, request, onlyContinue);
			}
			catch (RuntimeException ex) {
				this.shutdown.drain().end();
				throw ex;
			}
		}
		catch (RuntimeException ex) {
			held.close();
			throw ex;
		}
	}

	/**
	 * Continues the newest run that was interrupted or stopped with its process, unless
	 * another one is active. A run that was stopped on request, or is limited to some
	 * volumes, waits until its job is requested again.
	 */
	void continueCutOff() {
		for (RunRecord cutOff : this.records.cutOff()) {
			JobName job = JobName.of(cutOff.job()).orElseThrow();
			try {
				RunRequest request = new RunRequest(job, false, List.of(), null,
						new RunInitiator(cutOff.startedBy(), cutOff.startedFrom()), cutOff.scheduledFor());
				// Starts nothing new if the run has ended meanwhile.
				try (Work work = open(request, true)) {
					work.run(RunReport::log);
				}
			}
			catch (LockedException | DoneException ex) {
				logger.debug("run {} is not continued now: {}", cutOff.number(), ex.getMessage());
			}
		}
	}

	/** One or two runs under one lease. */
	final class Work implements AutoCloseable {

		private final RunRequest request;

		/** Whether another run may follow the one that is continued. */
		private final boolean another;

		private Lease.Held held;

		private RunRecord record;

		private volatile long number;

		private Work(Lease.Held held, RunRequest request, boolean onlyContinue) {
			this.held = held;
			this.request = request;
			RunRecord unfinished = RunLauncher.this.records.unfinished(request).orElse(null);
			if (unfinished == null && onlyContinue) {
				throw new DoneException(request.job(), request.scheduledFor());
			}
			this.another = unfinished != null && !onlyContinue;
			this.record = (unfinished != null) ? RunLauncher.this.records.resume(request, unfinished) : begin();
			this.number = this.record.number();
			held.every(LISTEN, this::listen);
		}

		private RunRecord begin() {
			stop().check();
			return RunLauncher.this.records.begin(this.request);
		}

		private StopSignal stop() {
			return RunLauncher.this.shutdown.stop();
		}

		long number() {
			return this.number;
		}

		/** Runs the work; may be called once. */
		ExitCode run(Consumer<RunReport> each) {
			List<ExitCode> codes = new ArrayList<>();
			codes.add(work(each));
			if (this.another && isAnotherDue() && !stop().isRaised()) {
				this.record = begin();
				this.number = this.record.number();
				codes.add(work(each));
			}
			return ExitCode.worst(codes);
		}

		private boolean isAnotherDue() {
			Instant scheduledFor = this.request.scheduledFor();
			return !this.record.startedAt().plus(RECENT).isAfter(RunLauncher.this.clock.instant())
					&& (scheduledFor == null || !scheduledFor.equals(this.record.scheduledFor()));
		}

		private ExitCode work(Consumer<RunReport> each) {
			try (MDC.MDCCloseable job = MDC.putCloseable("job", this.request.job().text());
					MDC.MDCCloseable number = MDC.putCloseable("run", String.valueOf(this.number))) {
				RunLauncher.this.listener.began(this.request);
				AtomicReference<@Nullable RunReport> report = new AtomicReference<>();
				ExitCode code = workThroughOutages((written) -> {
					report.set(written);
					each.accept(written);
				});
				reportEnd(code, report.get());
				return code;
			}
			catch (RuntimeException ex) {
				reportEnd(FailureClassifier.of(ex).code(), null);
				throw ex;
			}
		}

		private void reportEnd(ExitCode code, @Nullable RunReport report) {
			RunLauncher.this.listener.ended(this.request, code, RunLauncher.this.records.since(this.record), report);
		}

		/** Waits for an unavailable database, and then continues the run. */
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
			long end = System.nanoTime() + RunLauncher.this.awaitDatabase.toNanos();
			while (System.nanoTime() < end) {
				// Without a lease nothing may request a stop any more.
				this.held.close();
				stop().lower();
				stop().pauseUnlessEnding(RETRY);
				try {
					Lease.Held again = RunLauncher.this.lease.take().orElse(null);
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

		/** Another process may have continued the run meanwhile. */
		private boolean isStillToDo(Lease.Held again) {
			this.held = again;
			RunRecord now = RunLauncher.this.records.goOn(this.number).orElse(null);
			if (now == null) {
				return false;
			}
			logger.info("going on with run {}", this.number);
			this.record = now;
			again.every(LISTEN, this::listen);
			return true;
		}

		private void listen() {
			if (RunLauncher.this.records.isAskedToStop(this.number)) {
				logger.info("run {} is asked to stop", this.number);
				stop().raiseForWork();
			}
		}

		@Override
		public void close() {
			this.held.close();
			stop().lower();
			RunLauncher.this.shutdown.drain().end();
		}

	}

	private ExitCode workOn(RunRequest request, RunRecord record, Consumer<RunReport> each) {
		Run run = RunRecorder.run(request, record);
		this.scope.approve(run, request);
		JobExecution execution = this.jobs.execute(request.batchJob(), run, request.volumes());
		if (execution.getStatus() == BatchStatus.COMPLETED) {
			RunReport report = this.reports.of(run, request, this.clock.instant());
			this.records.completed(record, report);
			each.accept(report);
			return report.exitCode();
		}
		if (this.shutdown.stop().isRaised()) {
			this.records.stopped(record, this.shutdown.ending().isByPerson());
			return ExitCode.STOPPED;
		}
		Throwable cause = cause(execution);
		this.records.failed(record, cause);
		throw (cause instanceof RuntimeException runtime) ? runtime : new IllegalStateException(cause);
	}

	/** A step that failed because of another one does not contain the cause. */
	private static Throwable cause(JobExecution execution) {
		List<Throwable> causes = execution.getAllFailureExceptions();
		return causes.stream()
			.filter((each) -> FailureClassifier.of(each).code() != ExitCode.UNEXPECTED)
			.findFirst()
			.or(() -> causes.stream().findFirst())
			.orElseGet(() -> new IllegalStateException("the job ended as " + execution.getStatus()));
	}

	/**
	 * How the end of the process reaches a run.
	 *
	 * @param stop the signal that the run checks
	 * @param drain waits for the run
	 * @param ending who ended the process
	 */
	record Shutdown(StopSignal stop, GracefulShutdown drain, TerminationSignal ending) {

	}

	/** Another run holds the lease. */
	public static final class LockedException extends RuntimeException {

		LockedException(String holder) {
			super("another run holds the lock (" + holder + "); nothing was done");
		}

	}

}
