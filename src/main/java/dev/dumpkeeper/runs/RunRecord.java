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
 * @param arguments what else was asked for
 * @param startedAt the run's {@code now}
 * @param startedBy who asked for it
 * @param startedFrom from where
 * @param scheduledFor the schedule's time that it is for, {@code null} where no schedule
 * asked
 * @param finishedAt when it ended, {@code null} while it runs or after it was killed
 * @param outcome how it ended, {@code null} likewise
 * @param exitCode the process's exit code, {@code null} likewise
 * @param holder which process ran it last
 * @param attempts how often it was started or continued, stops on request aside
 * @param report the report as JSON
 * @param stopRequestedAt when somebody asked for its end, {@code null} where nobody did;
 * only ever written by {@link RunRepository#askToStop}
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

	/** A look between the runs, which found something to tell. */
	static RunRecord ofLook(Instant now, String holder) {
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

		/** Every step came to its end; the exit code says what failed within. */
		COMPLETED,

		/** Stopped on request; the next run continues. */
		STOPPED,

		/** Ended by an unexpected failure; the next run continues. */
		FAILED,

		/** The gateway could not be reached before anything began. */
		UNREACHABLE,

		/** Given up after several tries to continue it. */
		ABANDONED

	}

}
