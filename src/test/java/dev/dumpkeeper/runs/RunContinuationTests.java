package dev.dumpkeeper.runs;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.runs.RunRecord.Outcome;
import dev.dumpkeeper.runs.RunRecorder.DoneException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of a run that was cut off, was stopped or failed: whoever asks for the
 * same, and a service without being asked, continues it.
 */
class RunContinuationTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private final RunsLab lab = new RunsLab();

	@AfterEach
	void close() {
		this.lab.close();
	}

	@Test
	void aRunThatWasCutOffIsContinuedBeforeAFreshOneBegins() {
		this.lab.kill(RunsLab.request(), "first").clock.move(HOUR);
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.events).containsExactly("first of 1", "first of 1", "second of 1", "first of 2",
				"second of 2");
		assertThat(this.lab.written).containsExactly(1L, 2L);
		assertThat(this.lab.reports).hasSize(2);
		assertThat(this.lab.heard).containsExactly("measure-usage began",
				"measure-usage ended with OK after PT1H and a report", "measure-usage began",
				"measure-usage ended with OK after PT0S and a report");
	}

	@Test
	void aRunThatBeganLessThanAnHourAgoIsContinuedAndThatIsAll() {
		this.lab.kill(RunsLab.request(), "first").clock.move(HOUR.minusMillis(1));
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.events).containsExactly("first of 1", "first of 1", "second of 1");
		assertThat(this.lab.reports).hasSize(1);
		assertThat(this.lab.rows.findAll()).hasSize(1);
	}

	@Test
	void aContinuedRunKeepsItsPresentAndWhoAskedForIt() {
		this.lab.kill(RunsLab.scheduled(RunsLab.NOW), "first").clock.move(HOUR);
		this.lab.once("first", (run) -> assertThat(run.now()).isEqualTo(RunsLab.NOW));
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.row(1).startedAt()).isEqualTo(RunsLab.NOW);
		assertThat(this.lab.row(1).startedBy()).isEqualTo("schedule");
		assertThat(this.lab.row(1).scheduledFor()).isEqualTo(RunsLab.NOW);
		assertThat(this.lab.row(1).finishedAt()).isEqualTo(RunsLab.NOW.plus(HOUR));
	}

	@Test
	void whatIsDoneIsNotRepeated() {
		this.lab.kill(RunsLab.request(), "second").execute();
		assertThat(this.lab.events).containsExactly("first of 1", "second of 1", "second of 1");
	}

	@Test
	void aRunIsContinuedAsOftenAsItIsCutOff() {
		this.lab.kill(RunsLab.request(), "first")
			.kill(RunsLab.request(), "first")
			.kill(RunsLab.request(), "second")
			.kill(RunsLab.request(), "second");
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.events).containsExactly("first of 1", "first of 1", "first of 1", "second of 1",
				"second of 1", "second of 1");
		assertThat(this.lab.row(1).attempts()).isEqualTo(5);
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.COMPLETED);
	}

	@Test
	void aRunThatWasTriedFiveTimesIsGivenUpForAFreshOne() {
		for (int attempt = 1; attempt <= 5; attempt++) {
			this.lab.kill(RunsLab.request(), "first");
		}
		this.lab.events.clear();
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.events).containsExactly("first of 2", "second of 2");
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.ABANDONED);
		assertThat(this.lab.row(1).exitCode()).isOne();
	}

	@Test
	void aStopIsNoTry() {
		for (int stop = 1; stop <= 6; stop++) {
			this.lab.once("first", (run) -> {
				this.lab.stop.raiseForWork();
				this.lab.stop.check();
			}).execute();
		}
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.rows.findAll()).hasSize(1);
		assertThat(this.lab.row(1).attempts()).isOne();
	}

	@Test
	void aRunThatFailedIsContinued() {
		this.lab.once("second", (run) -> {
			throw new GatewayException(Kind.UNAVAILABLE, "as planned", null);
		});
		assertThatExceptionOfType(GatewayException.class).isThrownBy(this.lab::execute);
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.events).containsExactly("first of 1", "second of 1", "second of 1");
	}

	@Test
	void aRunThatWasCutOffBeforeItsReportIsReportedOnceAndDoesNothingAgain() {
		this.lab.kill(RunsLab.request(), "report");
		assertThat(this.lab.reports).isEmpty();
		assertThat(this.lab.row(1).outcome()).isNull();
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.events).containsExactly("first of 1", "second of 1");
		assertThat(this.lab.reports).hasSize(1);
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.written).as("one that is complete is over").containsExactly(1L, 1L, 2L);
	}

	@Test
	void aRunOfOtherVolumesIsAnother() {
		this.lab.kill(RunsLab.request("v"), "first").clock.move(HOUR);
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.row(1).outcome()).isNull();
		assertThat(this.lab.written).containsExactly(2L);
		assertThat(this.lab.execute(RunsLab.request("v"))).isEqualTo(ExitCode.OK);
		assertThat(this.lab.written).containsExactly(2L, 1L, 3L);
	}

	@Test
	void aRunThatBeganTooLongAgoIsLeftAsItIs() {
		this.lab.kill(RunsLab.request(), "first").clock.move(RunsLab.CONTINUE_WITHIN);
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.written).containsExactly(2L);
		assertThat(this.lab.row(1).outcome()).isNull();
	}

	@Test
	void aTimeOfTheScheduleThatWasCutOffIsRunOnce() {
		this.lab.kill(RunsLab.scheduled(RunsLab.NOW), "first").clock.move(HOUR);
		assertThat(this.lab.execute(RunsLab.scheduled(RunsLab.NOW))).isEqualTo(ExitCode.OK);
		assertThat(this.lab.written).containsExactly(1L);
		assertThatExceptionOfType(DoneException.class)
			.isThrownBy(() -> this.lab.execute(RunsLab.scheduled(RunsLab.NOW)))
			.withMessage("measure-usage has had its run for " + RunsLab.NOW);
		assertThat(this.lab.rows.findAll()).hasSize(1);
	}

	@Test
	void anotherTimeOfTheScheduleHasARunOfItsOwn() {
		Instant next = RunsLab.NOW.plus(HOUR);
		this.lab.kill(RunsLab.scheduled(RunsLab.NOW), "first").clock.move(HOUR);
		assertThat(this.lab.execute(RunsLab.scheduled(next))).isEqualTo(ExitCode.OK);
		assertThat(this.lab.written).containsExactly(1L, 2L);
		assertThat(this.lab.row(2).scheduledFor()).isEqualTo(next);
	}

	@Test
	void noFreshRunFollowsAContinuedOneWhenTheProcessEnds() {
		this.lab.kill(RunsLab.request(), "first").clock.move(HOUR);
		this.lab.once("second", (run) -> this.lab.stop.raise());
		assertThat(this.lab.execute()).as("what was under way is done").isEqualTo(ExitCode.OK);
		assertThat(this.lab.written).containsExactly(1L);
		assertThat(this.lab.rows.findAll()).hasSize(1);
	}

	@Test
	void aServiceContinuesWhatWasCutOffAndBeginsNothingElse() {
		this.lab.kill(RunsLab.request(), "second").clock.move(HOUR);
		this.lab.runs.continueCutOff();
		assertThat(this.lab.written).containsExactly(1L);
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.COMPLETED);
		assertThat(this.lab.row(1).startedBy()).isEqualTo("ann");
		this.lab.runs.continueCutOff();
		assertThat(this.lab.events).containsExactly("first of 1", "second of 1", "second of 1");
		assertThat(this.lab.rows.findAll()).hasSize(1);
		assertThat(this.lab.isLeaseFree()).isTrue();
	}

	@Test
	void aServiceContinuesOneRunAfterTheOtherFromTheNewest() {
		this.lab.kill(RunsLab.request(), "second");
		this.lab.kill(RunRequest.scheduled(JobName.MAINTENANCE, RunsLab.NOW), "second");
		this.lab.runs.continueCutOff();
		assertThat(this.lab.written).containsExactly(2L);
		this.lab.runs.continueCutOff();
		assertThat(this.lab.written).containsExactly(2L, 1L);
	}

	@Test
	void aServiceContinuesNothingWhileSomebodyWorks() {
		this.lab.kill(RunsLab.request(), "first");
		try (Lease.Held held = this.lab.lease.take().orElseThrow()) {
			this.lab.runs.continueCutOff();
			assertThat(held.isLost()).isFalse();
		}
		assertThat(this.lab.events).containsExactly("first of 1");
		assertThat(this.lab.row(1).attempts()).isOne();
		this.lab.runs.continueCutOff();
		assertThat(this.lab.written).containsExactly(1L);
	}

	@Test
	void aServiceGivesUpWhatCannotBeReadAndBeginsNothing() {
		this.lab.kill(RunsLab.request(), "first");
		this.lab.jdbc.update("UPDATE BATCH_STEP_EXECUTION_CONTEXT SET SHORT_CONTEXT = 'rO0ABXNyABFqYXZhLnV0aWw='");
		this.lab.runs.continueCutOff();
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.ABANDONED);
		assertThat(this.lab.events).containsExactly("first of 1");
		assertThat(this.lab.rows.findAll()).hasSize(1);
		assertThat(this.lab.heard).isEmpty();
		assertThat(this.lab.isLeaseFree()).isTrue();
	}

}
