package dev.dumpkeeper.runs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.ProcessIdentity;
import dev.dumpkeeper.run.StoppedException;
import dev.dumpkeeper.runs.RunLauncher.LockedException;
import dev.dumpkeeper.runs.RunLauncher.Work;
import dev.dumpkeeper.runs.RunRecord.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link RunLauncher}: how a run begins and how it ends. What becomes of one
 * that was cut off is in {@link RunContinuationTests}, and of one whose database goes
 * away in {@link RunOutageTests}.
 */
class RunLauncherTests {

	private final RunsLab lab = new RunsLab();

	@AfterEach
	void close() {
		this.lab.close();
	}

	@Test
	void aRunDoesItsStepsInOrderAndIsReportedOnce() {
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.events).containsExactly("first of 1", "second of 1");
		assertThat(this.lab.written).containsExactly(1L);
		assertThat(this.lab.reports).hasSize(1);
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.COMPLETED);
		assertThat(this.lab.row(1).exitCode()).isZero();
		assertThat(this.lab.row(1).report()).isEqualTo(this.lab.reports.get(0).json());
	}

	@Test
	void aRunHasItsRowAndItsVolumesBeforeItsFirstStep() {
		AtomicReference<RunRecord> row = new AtomicReference<>();
		this.lab.once("first", (run) -> {
			assertThat(this.lab.scans.findByRun(run)).hasSize(2);
			row.set(this.lab.row(run.id()));
		});
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(row.get().outcome()).isNull();
		assertThat(row.get().finishedAt()).isNull();
		assertThat(row.get().startedAt()).isEqualTo(RunsLab.NOW);
		assertThat(row.get().startedBy()).isEqualTo("ann");
		assertThat(row.get().holder()).isEqualTo(ProcessIdentity.name());
	}

	@Test
	void whoeverListensHearsOfTheBeginningAndOfTheEndWithTheReport() {
		this.lab.once("second", (run) -> this.lab.clock.move(Duration.ofMinutes(5)));
		this.lab.execute();
		assertThat(this.lab.heard).containsExactly("measure-usage began",
				"measure-usage ended with OK after PT5M and a report");
	}

	@Test
	void theExitCodeIsWhatTheReportSays() {
		this.lab.causes.put(1L, ExitCode.OBJECTS_FAILED);
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OBJECTS_FAILED);
		assertThat(this.lab.reports.get(0).exitCode()).isEqualTo(ExitCode.OBJECTS_FAILED);
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.COMPLETED);
		assertThat(this.lab.row(1).exitCode()).isEqualTo(3);
		assertThat(this.lab.heard).last().asString().contains("OBJECTS_FAILED");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theWorseOfTwoRunsDecidesTheExitCode(boolean firstIsWorse) {
		this.lab.kill(RunsLab.request(), "first").clock.move(Duration.ofHours(2));
		this.lab.causes.put(firstIsWorse ? 1L : 2L, ExitCode.OBJECTS_FAILED);
		this.lab.causes.put(firstIsWorse ? 2L : 1L, ExitCode.NOT_DELIVERED);
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OBJECTS_FAILED);
		assertThat(this.lab.reports).hasSize(2);
	}

	@Test
	void ofTwoStartersTheSecondLearnsWhoWorksAndDoesNothing() {
		AtomicReference<Throwable> second = new AtomicReference<>();
		this.lab.once("first", (run) -> second.set(catchThrowable(this.lab::execute)));
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(second.get()).isInstanceOf(LockedException.class)
			.hasMessageStartingWith("another run holds the lock (" + ProcessIdentity.name() + " since ")
			.hasMessageEndingWith("; nothing was done");
		assertThat(this.lab.rows.findAll()).hasSize(1);
		assertThat(this.lab.events).containsExactly("first of 1", "second of 1");
		assertThat(this.lab.heard).hasSize(2);
	}

	@ParameterizedTest
	@MethodSource
	void theLeaseIsGivenBackHoweverARunEnds(Consumer<RunsLab> end) {
		end.accept(this.lab);
		catchThrowable(() -> this.lab.execute(RunsLab.scheduled(RunsLab.NOW)));
		assertThat(this.lab.isLeaseFree()).isTrue();
		this.lab.shutdown.stop();
		assertThat(this.lab.gateway.cutOffs()).as("the end of the process waits for nothing any more").isZero();
	}

	static Stream<Named<Consumer<RunsLab>>> theLeaseIsGivenBackHoweverARunEnds() {
		return Stream.of(Named.of("it is done", (lab) -> {
		}), Named.of("a step fails", (lab) -> lab.once("first", (run) -> {
			throw new IllegalStateException("as planned");
		})), Named.of("its report fails", (lab) -> lab.once("report", (run) -> {
			throw new IllegalStateException("as planned");
		})), Named.of("it is stopped", (lab) -> lab.once("first", (run) -> stop(lab))),
				Named.of("the gateway is away at its beginning", (lab) -> lab.gateway.outage(Kind.UNAVAILABLE)),
				Named.of("its time has had a run", (lab) -> lab.execute(RunsLab.scheduled(RunsLab.NOW))),
				Named.of("the process ends before it", (lab) -> lab.stop.raise()));
	}

	private static void stop(RunsLab lab) {
		lab.stop.raiseForWork();
		lab.stop.check();
	}

	@Test
	void aRunThatWasAskedForButNeverWorkedIsContinued() {
		try (Work work = this.lab.runs.open(RunsLab.request())) {
			assertThat(work.number()).isOne();
		}
		assertThat(this.lab.row(1).outcome()).isNull();
		assertThat(this.lab.isLeaseFree()).isTrue();
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.events).containsExactly("first of 1", "second of 1");
		assertThat(this.lab.rows.findAll()).hasSize(1);
	}

	@Test
	void aStopEndsARunWithTheExitCodeOfAStopAndNoReport() {
		this.lab.once("first", (run) -> stop(this.lab));
		assertThat(this.lab.execute()).isEqualTo(ExitCode.STOPPED);
		assertThat(this.lab.events).containsExactly("first of 1");
		assertThat(this.lab.reports).isEmpty();
		assertThat(this.lab.written).isEmpty();
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.STOPPED);
		assertThat(this.lab.row(1).exitCode()).isEqualTo(143);
		assertThat(this.lab.row(1).report()).isNull();
		assertThat(this.lab.heard).containsExactly("measure-usage began",
				"measure-usage ended with STOPPED after PT0S");
	}

	@Test
	void aStopOfOneRunDoesNotStopTheNext() {
		this.lab.once("first", (run) -> stop(this.lab)).execute();
		assertThat(this.lab.stop.isRaised()).isFalse();
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
	}

	@Test
	void aRunHearsThatSomebodyAskedItToStopAndWaitsForAPerson() {
		this.lab.once("first", (run) -> {
			this.lab.records.askToStop(run.id());
			this.lab.stop.pause(Duration.ofMinutes(1));
		});
		assertThat(this.lab.execute()).isEqualTo(ExitCode.STOPPED);
		this.lab.runs.continueCutOff();
		assertThat(this.lab.events).as("no service continues it").containsExactly("first of 1");
		assertThat(this.lab.execute()).isEqualTo(ExitCode.OK);
		assertThat(this.lab.events).as("a person does").containsExactly("first of 1", "first of 1", "second of 1");
		assertThat(this.lab.records.isAskedToStop(1)).as("what was asked is forgotten then").isFalse();
	}

	@Test
	void aProcessThatEndsBeginsNothing() {
		this.lab.stop.raise();
		assertThatExceptionOfType(StoppedException.class).isThrownBy(this.lab::execute);
		assertThat(this.lab.rows.findAll()).isEmpty();
		assertThat(this.lab.events).isEmpty();
		assertThat(this.lab.heard).isEmpty();
	}

	@Test
	void aFailureIsRecordedWithItsExitCodeAndGoesToWhoeverAsked() {
		this.lab.once("first", (run) -> {
			throw new GatewayException(Kind.UNAVAILABLE, "as planned", null);
		});
		assertThatExceptionOfType(GatewayException.class).isThrownBy(this.lab::execute).withMessage("as planned");
		assertThat(this.lab.events).containsExactly("first of 1");
		assertThat(this.lab.reports).isEmpty();
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.FAILED);
		assertThat(this.lab.row(1).exitCode()).isEqualTo(6);
		assertThat(this.lab.heard).containsExactly("measure-usage began",
				"measure-usage ended with GATEWAY after PT0S");
	}

	@Test
	void aFailureThatNobodyForesawIsRecordedAsOne() {
		this.lab.once("first", (run) -> {
			throw new IllegalStateException("as planned");
		});
		assertThatIllegalStateException().isThrownBy(this.lab::execute).withMessage("as planned");
		assertThat(this.lab.row(1).exitCode()).isOne();
		assertThat(this.lab.heard).last().asString().contains("UNEXPECTED");
	}

	@ParameterizedTest
	@ValueSource(strings = { "v", "w" })
	void ofSeveralFailuresTheOneThatSaysWhyIsReported(String volume) {
		this.lab.once("volume v", (run) -> {
			throw new IllegalStateException("as planned");
		}).once("volume w", (run) -> {
			throw new IllegalStateException("as planned");
		}).once("volume " + volume, (run) -> {
			throw new GatewayException(Kind.UNAVAILABLE, "this is why", null);
		});
		RunRequest request = RunRequest.scheduled(JobName.RECONCILE_DUMPS, RunsLab.NOW);
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> this.lab.execute(request))
			.withMessage("this is why");
		assertThat(this.lab.events).containsExactlyInAnyOrder("volume v of 1", "volume w of 1");
		assertThat(this.lab.row(1).exitCode()).isEqualTo(6);
	}

}
