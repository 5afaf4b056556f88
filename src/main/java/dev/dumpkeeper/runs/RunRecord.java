package dev.dumpkeeper.runs;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.ReadOnlyProperty;
import org.springframework.data.relational.core.mapping.Table;

import dev.dumpkeeper.run.ExitCode;

/**
 * One run, from its start to its report.
 *
 * @param id the run's number, {@code null} before it is stored
 * @param job the batch job's name
 * @param arguments the other arguments
 * @param startedAt the run's {@code now}
 * @param startedBy who requested it
 * @param startedFrom from where
 * @param scheduledFor the scheduled time, {@code null} for a run without a schedule
 * @param finishedAt when it ended, {@code null} while it runs or after it was killed
 * @param outcome how it ended, {@code null} while it runs or after it was killed
 * @param exitCode the process's exit code, {@code null} while it runs or after it was
 * killed
 * @param holder the process that executed it last
 * @param attempts how often it was started or continued, except after requested stops
 * @param report the report as JSON
 * @param stopRequestedAt when a stop was requested, {@code null} if it was not; written
 * only by {@link RunRepository#askToStop}
 */
@Table("maintenance_run")
public record RunRecord(@Id @Nullable Long id, String job, String arguments, Instant startedAt, String startedBy,
		String startedFrom, @Nullable Instant scheduledFor, @Nullable Instant finishedAt, @Nullable Outcome outcome,
		@Nullable Integer exitCode, String holder, int attempts, @Nullable String report,
		@ReadOnlyProperty @Nullable Instant stopRequestedAt) {

	static RunRecord of(RunRequest request, Instant now, String holder) {
		return new RunRecord(null, request.batchJob(), request.arguments(), now, request.starter().who(),
				request.starter().from(), request.scheduledFor(), null, null, null, holder, 1, null, null);
	}

	/** Creates the record of a poll between runs that led to a notification. */
	static RunRecord ofPoll(Instant now, String holder) {
		RunInitiator initiator = RunInitiator.schedule();
		return new RunRecord(null, JobName.RECONCILE_DUMPS.text(), "--new", now, initiator.who(), initiator.from(),
				null, null, null, null, holder, 1, null, null);
	}

	RunRecord continuedBy(String holder) {
		return new RunRecord(this.id, this.job, this.arguments, this.startedAt, this.startedBy, this.startedFrom,
				this.scheduledFor, null, null, null, holder,
				(this.outcome == Outcome.STOPPED) ? this.attempts : this.attempts + 1, null, null);
	}

	RunRecord ended(Outcome outcome, ExitCode exitCode, Instant at, @Nullable String report) {
		return new RunRecord(this.id, this.job, this.arguments, this.startedAt, this.startedBy, this.startedFrom,
				this.scheduledFor, at, outcome, exitCode.number(), this.holder, this.attempts, report, null);
	}

	long number() {
		return (this.id != null) ? this.id : 0;
	}

	/** How a run ended. */
	enum Outcome {

		/** Every step ended; the exit code shows failures within. */
		COMPLETED,

		/** Stopped on request; the next run continues. */
		STOPPED,

		/** Ended by an unexpected failure; the next run continues. */
		FAILED,

		/** The gateway could not be reached before the run began. */
		UNREACHABLE,

		/** Given up after several attempts to continue it. */
		ABANDONED

	}

}
