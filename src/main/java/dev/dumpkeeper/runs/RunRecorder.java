package dev.dumpkeeper.runs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.database.FailureClassifier;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.HistoryCleanup;
import dev.dumpkeeper.run.ProcessIdentity;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.RunProperties;
import dev.dumpkeeper.runs.RunRecord.Outcome;

/**
 * Records runs from start to end, and finds unfinished ones.
 */
final class RunRecorder {

	private static final Logger logger = LoggerFactory.getLogger(RunRecorder.class);

	/** A run that fails repeatedly must not prevent new ones. */
	private static final int MAX_ATTEMPTS = 5;

	private final RunRepository runs;

	private final RunScope scope;

	private final BatchJobs jobs;

	private final RunProperties properties;

	private final List<HistoryCleanup> histories;

	private final Clock clock;

	RunRecorder(RunRepository runs, RunScope scope, BatchJobs jobs, RunProperties properties,
			List<HistoryCleanup> histories, Clock clock) {
		this.runs = runs;
		this.scope = scope;
		this.jobs = jobs;
		this.properties = properties;
		this.histories = List.copyOf(histories);
		this.clock = clock;
	}

	/**
	 * Returns the newest unfinished run of the same job and arguments that can be
	 * continued. Gives up a run with too many attempts, or with stored state of another
	 * version.
	 */
	Optional<RunRecord> unfinished(RunRequest request) {
		RunRecord unfinished = this.runs
			.findUnfinished(request.batchJob(), request.arguments(),
					this.clock.instant().minus(this.properties.continueWithin()))
			.orElse(null);
		if (unfinished == null) {
			return Optional.empty();
		}
		if (unfinished.attempts() >= MAX_ATTEMPTS) {
			logger.warn("run {} was tried {} times; it is given up", unfinished.number(), MAX_ATTEMPTS);
		}
		else if (!this.jobs.isReadable(unfinished.job(), run(request, unfinished))) {
			logger.warn(
					"run {} cannot be continued: its state in the database was stored by an earlier version or"
							+ " changed by another process; it is given up, and the next run does what is left",
					unfinished.number());
		}
		else {
			return Optional.of(unfinished);
		}
		this.runs.save(unfinished.ended(Outcome.ABANDONED, ExitCode.UNEXPECTED, this.clock.instant(), null));
		return Optional.empty();
	}

	/**
	 * Returns all runs that were interrupted or stopped with their process, and that a
	 * service may continue.
	 */
	List<RunRecord> cutOff() {
		return this.runs.findCutOff(this.clock.instant().minus(this.properties.continueWithin()), MAX_ATTEMPTS);
	}

	/**
	 * Records a new run with its scope.
	 * @throws DoneException when the scheduled time has had its run
	 */
	RunRecord begin(RunRequest request) {
		Instant scheduledFor = request.scheduledFor();
		if (scheduledFor != null && this.runs.findScheduled(request.batchJob(), scheduledFor).isPresent()) {
			throw new DoneException(request.job(), scheduledFor);
		}
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		List<String> volumes;
		try {
			volumes = this.scope.volumes(request);
		}
		catch (GatewayException ex) {
			this.runs.save(RunRecord.of(request, now, ProcessIdentity.name())
				.ended(Outcome.UNREACHABLE, ExitCode.GATEWAY, this.clock.instant(), null));
			throw ex;
		}
		RunRecord record = this.runs.save(RunRecord.of(request, now, ProcessIdentity.name()));
		this.scope.record(run(request, record), volumes);
		return record;
	}

	/** Records that an unfinished run continues in this process. */
	RunRecord resume(RunRequest request, RunRecord unfinished) {
		logger.info("continuing run {} of {}", unfinished.number(), unfinished.startedAt());
		this.scope.complete(run(request, unfinished), request);
		this.runs.forgetStop(unfinished.number());
		return this.runs.save(unfinished.continuedBy(ProcessIdentity.name()));
	}

	/**
	 * Records that a run continues after an outage of the database; empty when another
	 * process has ended it meanwhile.
	 */
	Optional<RunRecord> goOn(long number) {
		return this.runs.findById(number)
			.filter((now) -> now.outcome() != Outcome.COMPLETED && now.outcome() != Outcome.ABANDONED
					&& now.attempts() < MAX_ATTEMPTS)
			.map((now) -> this.runs.save(now.continuedBy(ProcessIdentity.name())));
	}

	/**
	 * Records a scheduled time that could not be started before the process ends, so that
	 * it is found as an interrupted run.
	 */
	void recordMissedFire(RunRequest request) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		this.runs.save(
				RunRecord.of(request, now, ProcessIdentity.name()).ended(Outcome.STOPPED, ExitCode.STOPPED, now, null));
	}

	/**
	 * Requests a run to stop at its next clean point, whichever process executes it.
	 * @return {@code false} when it has ended
	 */
	boolean askToStop(long number) {
		return this.runs.askToStop(number, this.clock.instant()) > 0;
	}

	boolean isAskedToStop(long number) {
		return this.runs.countStopAsked(number) > 0;
	}

	/** Records a completed run, and removes old history. */
	void completed(RunRecord record, RunReport report) {
		this.runs.save(record.ended(Outcome.COMPLETED, report.exitCode(), this.clock.instant(), report.json()));
		Instant before = this.clock.instant().minus(this.properties.keepFor());
		this.histories.forEach((history) -> history.forget(before));
		this.runs.deleteStartedBefore(before);
	}

	/**
	 * @param byPerson whether it waits until the job is requested again
	 */
	void stopped(RunRecord record, boolean byPerson) {
		if (byPerson) {
			askToStop(record.number());
		}
		this.runs.save(record.ended(Outcome.STOPPED, ExitCode.STOPPED, this.clock.instant(), null));
		logger.info("run {} is stopped; the next run continues it", record.number());
	}

	/** Records why a run failed, if the database is available. */
	void failed(RunRecord record, Throwable cause) {
		try {
			this.runs
				.save(record.ended(Outcome.FAILED, FailureClassifier.of(cause).code(), this.clock.instant(), null));
		}
		catch (RuntimeException ex) {
			// Without the database nothing can be recorded; the next run finds it
			// unfinished.
			cause.addSuppressed(ex);
		}
	}

	Duration since(RunRecord record) {
		return Duration.between(record.startedAt(), this.clock.instant());
	}

	static Run run(RunRequest request, RunRecord record) {
		return new Run(record.number(), record.startedAt(), request.dryRun());
	}

	/** The requested work has already been done. */
	static final class DoneException extends RuntimeException {

		DoneException(JobName job, @Nullable Instant scheduledFor) {
			super(job.text() + " has had its run" + ((scheduledFor != null) ? " for " + scheduledFor : ""));
		}

	}

}
