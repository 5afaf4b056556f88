package dev.dumpkeeper.runs;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

import dev.dumpkeeper.database.FailureClassifier;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.StoppedException;
import dev.dumpkeeper.runs.RunRecord.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What a run does while its database is away. It tries again each second, so that some of
 * these tests take one or two; the database comes back at a certain try.
 */
class RunOutageTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private RunsLab lab = new RunsLab(MINUTE, MINUTE);

	@AfterEach
	void close() {
		this.lab.close();
	}

	private void useLab(Duration awaitDatabase, Duration lease) {
		this.lab.close();
		this.lab = new RunsLab(awaitDatabase, lease);
	}

	private void backAt(int attempt) {
		this.lab.onLock((number) -> this.lab.database.away(number < attempt));
	}

	@Test
	void aRunThatIsAskedForMeanwhileWaits() {
		backAt(2);
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.events).containsExactly("first of 1", "second of 1");
	}

	@Test
	void nobodyWaitsLongerThanIsConfigured() {
		useLab(Duration.ZERO, MINUTE);
		backAt(2);
		Throwable failure = catchThrowable(this.lab::execute);
		assertThat(FailureClassifier.of(failure).code()).isEqualTo(ExitCode.DATABASE);
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.rows.findAll()).hasSize(1);
	}

	@Test
	void aRunThatIsAskedForMeanwhileWaitsNoLongerThanItsProcessLives() {
		this.lab.onLock((attempt) -> {
			this.lab.database.away(true);
			this.lab.stop.raise();
		});
		assertThatExceptionOfType(StoppedException.class).isThrownBy(this.lab::execute);
	}

	@Test
	void aRunGoesOnUnderItsNumberWhenTheDatabaseIsBack() {
		this.lab.once("second", (run) -> {
			this.lab.database.away(true);
			backAt(2);
		});
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.events).containsExactly("first of 1", "second of 1", "second of 1");
		assertThat(this.lab.reports).hasSize(1);
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.COMPLETED);
		assertThat(this.lab.row(1).attempts()).isEqualTo(2);
		assertThat(this.lab.rows.findAll()).hasSize(1);
		assertThat(this.lab.heard).as("it is one run for whoever listens")
			.containsExactly("measure-usage began", "measure-usage ended with OK after PT0S and a report");
		assertThat(this.lab.isLeaseFree()).isTrue();
	}

	@Test
	void aRunThatFailsByItsDatabaseGoesOn() {
		this.lab.once("first", (run) -> {
			throw new DataAccessResourceFailureException("as planned");
		});
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.events).containsExactly("first of 1", "first of 1", "second of 1");
		assertThat(this.lab.row(1).attempts()).isEqualTo(2);
	}

	@Test
	void aRunThatCannotRecordItsReportGoesOnAndShowsItOnce() {
		this.lab.once("report", (run) -> {
			this.lab.database.away(true);
			backAt(1);
		});
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.events).containsExactly("first of 1", "second of 1");
		assertThat(this.lab.reports).hasSize(1);
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.COMPLETED);
	}

	@Test
	void aRunWhoseDatabaseStaysAwayEndsWithItsExitCodeAndIsContinuedLater() {
		useLab(Duration.ZERO, MINUTE);
		this.lab.once("first", (run) -> this.lab.database.away(true));
		Throwable failure = catchThrowable(this.lab::execute);
		assertThat(FailureClassifier.of(failure).code()).isEqualTo(ExitCode.DATABASE);
		assertThat(this.lab.heard).last().asString().contains("ended with DATABASE");
		this.lab.database.away(false);
		assertThat(this.lab.isLeaseFree()).as("it could not be given back").isFalse();
		this.lab.freeLease();
		this.lab.runs.continueCutOff();
		assertThat(this.lab.written).containsExactly(1L);
	}

	@Test
	void whatSomebodyElseCompletedMeanwhileIsNotRepeated() {
		this.lab.once("first", (run) -> {
			this.lab.database.away(true);
			this.lab.onLock((attempt) -> {
				this.lab.database.away(false);
				RunRecord row = this.lab.row(run.id());
				this.lab.rows.save(row.ended(Outcome.COMPLETED, ExitCode.OK, RunsLab.NOW, "{}"));
			});
		});
		Throwable failure = catchThrowable(this.lab::execute);
		assertThat(FailureClassifier.of(failure).code()).isEqualTo(ExitCode.DATABASE);
		assertThat(this.lab.events).containsExactly("first of 1");
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.COMPLETED);
		assertThat(this.lab.row(1).report()).isEqualTo("{}");
		this.lab.onLock((attempt) -> {
		});
		assertThat(this.lab.isLeaseFree()).isTrue();
	}

	@Test
	void aRunWhoseLeaseSomebodyElseHasWaitsForIt() {
		this.lab.once("first", (run) -> {
			this.lab.database.away(true);
			this.lab.onLock((attempt) -> {
				this.lab.database.away(false);
				assertThat(this.lab.row(1).attempts()).as("before attempt " + attempt).isOne();
				this.lab.jdbc.update("UPDATE shedlock SET locked_by = 'another', lock_until = "
						+ ((attempt == 1) ? "DATEADD(HOUR, 9, lock_until)" : "DATEADD(HOUR, -18, lock_until)"));
			});
		});
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.events).containsExactly("first of 1", "first of 1", "second of 1");
		assertThat(this.lab.row(1).attempts()).isEqualTo(2);
	}

	@Test
	void aRunThatLostItsLeaseStopsAndGoesOnOnceItHasItAgain() {
		useLab(MINUTE, Duration.ofSeconds(3));
		this.lab.once("second", (run) -> {
			this.lab.freeLease();
			this.lab.stop.pause(MINUTE);
		});
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.events).containsExactly("first of 1", "second of 1", "second of 1");
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.COMPLETED);
		assertThat(this.lab.reports).hasSize(1);
	}

	@Test
	void aProcessThatEndsWhileItWaitsGoesOnWithNothing() {
		this.lab.once("first", (run) -> {
			this.lab.database.away(true);
			this.lab.onLock((attempt) -> this.lab.stop.raise());
		});
		assertThatExceptionOfType(StoppedException.class).isThrownBy(this.lab::execute);
		assertThat(this.lab.heard).last().asString().contains("ended with STOPPED");
		this.lab.database.away(false);
		assertThat(this.lab.row(1).outcome()).as("a search for interrupted runs finds it").isNull();
	}

}
