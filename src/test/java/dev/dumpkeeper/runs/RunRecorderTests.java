package dev.dumpkeeper.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.ProcessIdentity;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.runs.RunRecord.Outcome;
import dev.dumpkeeper.runs.RunRecorder.DoneException;
import dev.dumpkeeper.scan.VolumeScan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RunRecorder}: what is written of a run, and which of those that have
 * no end are found again.
 */
class RunRecorderTests {

	private final RunsLab lab = new RunsLab();

	@AfterEach
	void close() {
		this.lab.close();
	}

	/** A run that began now, and what became of it. */
	private RunRecord saved(RunRequest request, UnaryOperator<RunRecord> end) {
		return this.lab.rows.save(end.apply(RunRecord.of(request, this.lab.clock.instant(), "1@gone")));
	}

	private static RunRecord ended(RunRecord run, Outcome outcome, ExitCode code) {
		return run.ended(outcome, code, RunsLab.NOW, null);
	}

	private static RunRecord tried(RunRecord run, int attempts) {
		RunRecord tried = run;
		while (tried.attempts() < attempts) {
			tried = tried.continuedBy("1@gone");
		}
		return tried;
	}

	private static RunRequest person(JobName job, boolean dryRun, Long approve, String... volumes) {
		return RunRequest.by(new RunInitiator("ann", "her host"), job, dryRun, List.of(volumes), approve);
	}

	@ParameterizedTest
	@MethodSource
	void aServiceContinues(UnaryOperator<RunRecord> end) {
		RunRecord run = saved(RunsLab.request(), end);
		assertThat(this.lab.records.cutOff()).containsExactly(run);
	}

	static Stream<Named<UnaryOperator<RunRecord>>> aServiceContinues() {
		return Stream.of(Named.of("what has no end", (run) -> run),
				Named.of("what was stopped with its process", (run) -> ended(run, Outcome.STOPPED, ExitCode.STOPPED)),
				Named.of("what failed by its database", (run) -> ended(run, Outcome.FAILED, ExitCode.DATABASE)),
				Named.of("what was tried four times", (run) -> tried(run, 4)));
	}

	@ParameterizedTest
	@MethodSource
	void aServiceDoesNotContinue(UnaryOperator<RunRecord> end) {
		saved(RunsLab.request(), end);
		assertThat(this.lab.records.cutOff()).isEmpty();
	}

	static Stream<Named<UnaryOperator<RunRecord>>> aServiceDoesNotContinue() {
		return Stream.of(Named.of("what is complete", (run) -> ended(run, Outcome.COMPLETED, ExitCode.OBJECTS_FAILED)),
				Named.of("what failed by the gateway", (run) -> ended(run, Outcome.FAILED, ExitCode.GATEWAY)),
				Named.of("what failed for no known reason", (run) -> ended(run, Outcome.FAILED, ExitCode.UNEXPECTED)),
				Named.of("what never began", (run) -> ended(run, Outcome.UNREACHABLE, ExitCode.GATEWAY)),
				Named.of("what was given up", (run) -> ended(run, Outcome.ABANDONED, ExitCode.UNEXPECTED)),
				Named.of("what was tried five times", (run) -> tried(run, 5)));
	}

	@ParameterizedTest
	@MethodSource
	void aServiceLeavesToThePersonWhoAsked(RunRequest request) {
		saved(request, (run) -> run);
		assertThat(this.lab.records.cutOff()).isEmpty();
		assertThat(this.lab.records.unfinished(request)).isPresent();
	}

	static Stream<Named<RunRequest>> aServiceLeavesToThePersonWhoAsked() {
		return Stream.of(Named.of("a rehearsal", person(JobName.MEASURE_USAGE, true, null)),
				Named.of("some volumes", person(JobName.MEASURE_USAGE, false, null, "v")),
				Named.of("an approved plan", person(JobName.EXPIRE_DUMPS, false, 7L)));
	}

	@Test
	void aServiceContinuesWhatBeganInTheTimeThatIsConfigured() {
		RunRecord run = saved(RunsLab.request(), (begun) -> begun);
		this.lab.clock.move(RunsLab.CONTINUE_WITHIN.minusMillis(1));
		assertThat(this.lab.records.cutOff()).containsExactly(run);
		assertThat(this.lab.records.unfinished(RunsLab.request())).hasValue(run);
		this.lab.clock.move(Duration.ofMillis(1));
		assertThat(this.lab.records.cutOff()).isEmpty();
		assertThat(this.lab.records.unfinished(RunsLab.request())).isEmpty();
		assertThat(this.lab.row(run.number()).outcome()).isNull();
	}

	@Test
	void theNewestRunOfTheSameJobAndArgumentsIsContinued() {
		saved(RunsLab.request(), (run) -> run);
		RunRecord wanted = saved(RunsLab.request(), (run) -> run);
		saved(RunsLab.request("v"), (run) -> run);
		saved(person(JobName.MEASURE_USAGE, true, null), (run) -> run);
		saved(person(JobName.MAINTENANCE, false, null), (run) -> run);
		saved(RunsLab.request(), (run) -> ended(run, Outcome.COMPLETED, ExitCode.OK));
		assertThat(this.lab.records.unfinished(RunsLab.request())).hasValue(wanted);
	}

	@Test
	void theOrderInWhichVolumesAreNamedDoesNotMatter() {
		RunRecord run = saved(RunsLab.request("w", "v", "w"), (begun) -> begun);
		assertThat(this.lab.records.unfinished(RunsLab.request("v", "w"))).hasValue(run);
		assertThat(this.lab.records.unfinished(RunsLab.request("v"))).isEmpty();
	}

	@Test
	void aRunThatWasTriedFiveTimesIsGivenUpForGood() {
		RunRecord run = saved(RunsLab.request(), (begun) -> tried(begun, 5));
		assertThat(this.lab.records.unfinished(RunsLab.request())).isEmpty();
		assertThat(this.lab.row(run.number()).outcome()).isEqualTo(Outcome.ABANDONED);
		assertThat(this.lab.row(run.number()).exitCode()).isOne();
		assertThat(this.lab.row(run.number()).finishedAt()).isEqualTo(RunsLab.NOW);
	}

	@Test
	void aTimeOfTheScheduleHasOneRunOfEachJob() {
		RunRequest request = RunRequest.scheduled(JobName.MAINTENANCE, RunsLab.NOW);
		this.lab.records.begin(request);
		assertThatExceptionOfType(DoneException.class).isThrownBy(() -> this.lab.records.begin(request))
			.withMessage("maintenance has had its run for 2026-11-25T08:00:00Z");
		assertThat(this.lab.rows.findAll()).hasSize(1);
		this.lab.records.begin(RunRequest.scheduled(JobName.MEASURE_USAGE, RunsLab.NOW));
		this.lab.records.begin(RunRequest.scheduled(JobName.MAINTENANCE, RunsLab.NOW.plusSeconds(1)));
		assertThat(this.lab.rows.findAll()).hasSize(3);
	}

	@Test
	void aRunThatFindsNoGatewayIsRecordedAsOneThatNeverBegan() {
		this.lab.gateway.outage(Kind.UNAVAILABLE);
		assertThatExceptionOfType(GatewayException.class)
			.isThrownBy(() -> this.lab.records.begin(RunsLab.scheduled(RunsLab.NOW)));
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.UNREACHABLE);
		assertThat(this.lab.row(1).exitCode()).isEqualTo(6);
		assertThat(this.lab.row(1).finishedAt()).isEqualTo(RunsLab.NOW);
		assertThat(this.lab.row(1).scheduledFor()).isEqualTo(RunsLab.NOW);
		assertThat(this.lab.records.unfinished(RunsLab.request())).isEmpty();
	}

	@Test
	void whatIsAskedForWronglyIsNotRecorded() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> this.lab.records.begin(RunsLab.request("nowhere")))
			.withMessageContaining("nowhere");
		assertThat(this.lab.rows.findAll()).isEmpty();
	}

	@Test
	void aRunIsAboutTheVolumesOfItsBeginning() {
		RunRecord run = this.lab.records.begin(RunsLab.request());
		this.lab.gateway.with(new InMemoryBucket("x"));
		this.lab.records.resume(RunsLab.request(), run);
		assertThat(volumes(run)).containsExactly("v", "w");
	}

	@Test
	void aRunThatWasCutOffBeforeItKnewItsVolumesGetsThem() {
		RunRecord run = saved(RunsLab.request("w"), (begun) -> begun);
		this.lab.records.resume(RunsLab.request("w"), run);
		assertThat(volumes(run)).containsExactly("w");
	}

	private List<String> volumes(RunRecord run) {
		return this.lab.scans.findByRun(new Run(run.number(), run.startedAt(), false))
			.stream()
			.map(VolumeScan::volume)
			.toList();
	}

	@Test
	void aRunThatGoesOnIsThisProcessesAndHasNoEnd() {
		RunRecord run = saved(RunsLab.request(), (begun) -> ended(begun, Outcome.FAILED, ExitCode.GATEWAY));
		this.lab.records.resume(RunsLab.request(), run);
		RunRecord row = this.lab.row(run.number());
		assertThat(row.holder()).isEqualTo(ProcessIdentity.name());
		assertThat(row.attempts()).isEqualTo(2);
		assertThat(row.outcome()).isNull();
		assertThat(row.finishedAt()).isNull();
		assertThat(row.exitCode()).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "COMPLETED", "ABANDONED" })
	void afterAnOutageNothingGoesOnThatSomebodyElseHasEnded(Outcome outcome) {
		RunRecord run = saved(RunsLab.request(), (begun) -> ended(begun, outcome, ExitCode.OK));
		assertThat(this.lab.records.goOn(run.number())).isEmpty();
		assertThat(this.lab.row(run.number())).isEqualTo(run);
	}

	@ParameterizedTest
	@EnumSource(names = { "STOPPED", "FAILED" })
	void afterAnOutageARunGoesOn(Outcome outcome) {
		RunRecord run = saved(RunsLab.request(), (begun) -> ended(begun, outcome, ExitCode.DATABASE));
		assertThat(this.lab.records.goOn(run.number())).hasValue(this.lab.row(run.number()));
		assertThat(this.lab.row(run.number()).outcome()).isNull();
		assertThat(this.lab.row(run.number()).holder()).isEqualTo(ProcessIdentity.name());
	}

	@Test
	void outagesDoNotGoOnForEver() {
		RunRecord run = saved(RunsLab.request(), (begun) -> tried(begun, 4));
		assertThat(this.lab.records.goOn(run.number())).isPresent();
		assertThat(this.lab.records.goOn(run.number())).isEmpty();
		assertThat(this.lab.row(run.number()).attempts()).isEqualTo(5);
	}

	@Test
	void aTimeThatCameWhenTheProcessEndedIsLeftToWhoeverContinues() {
		this.lab.records.recordMissedFire(RunRequest.scheduled(JobName.MAINTENANCE, RunsLab.NOW));
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.STOPPED);
		assertThat(this.lab.row(1).scheduledFor()).isEqualTo(RunsLab.NOW);
		assertThat(this.lab.records.cutOff()).containsExactly(this.lab.row(1));
	}

	@Test
	void onlyWhatIsUnderWayCanBeAskedToStop() {
		RunRecord run = saved(RunsLab.request(), (begun) -> begun);
		RunRecord over = saved(RunsLab.request(), (begun) -> ended(begun, Outcome.COMPLETED, ExitCode.OK));
		assertThat(this.lab.records.isAskedToStop(run.number())).isFalse();
		assertThat(this.lab.records.askToStop(run.number())).isTrue();
		assertThat(this.lab.records.isAskedToStop(run.number())).isTrue();
		assertThat(this.lab.row(run.number()).stopRequestedAt()).isEqualTo(RunsLab.NOW);
		assertThat(this.lab.records.askToStop(over.number())).isFalse();
		assertThat(this.lab.records.isAskedToStop(over.number())).isFalse();
		assertThat(this.lab.records.askToStop(99)).isFalse();
	}

	@Test
	void whatAPersonStoppedWaitsForAPerson() {
		RunRecord run = this.lab.records.begin(RunsLab.request());
		this.lab.records.stopped(run, true);
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.STOPPED);
		assertThat(this.lab.row(1).exitCode()).isEqualTo(143);
		assertThat(this.lab.records.cutOff()).isEmpty();
		assertThat(this.lab.records.unfinished(RunsLab.request())).isPresent();
		this.lab.records.resume(RunsLab.request(), this.lab.row(1));
		assertThat(this.lab.records.isAskedToStop(1)).isFalse();
	}

	@Test
	void whatWasStoppedWithItsProcessWaitsForNobody() {
		RunRecord run = this.lab.records.begin(RunsLab.request());
		this.lab.records.stopped(run, false);
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.STOPPED);
		assertThat(this.lab.records.cutOff()).hasSize(1);
	}

	@Test
	void aRunThatIsDoneLetsOldHistoryGo() {
		RunReport report = new RunReport(ExitCode.NOT_DELIVERED, "text", "{\"a\":1}");
		saved(RunsLab.request(), (run) -> ended(run, Outcome.COMPLETED, ExitCode.OK));
		this.lab.clock.move(Duration.ofMillis(1));
		RunRecord kept = saved(RunsLab.request(), (run) -> ended(run, Outcome.COMPLETED, ExitCode.OK));
		Instant before = this.lab.clock.instant();
		this.lab.clock.move(RunsLab.KEEP_FOR);
		RunRecord run = this.lab.records.begin(RunsLab.request());
		this.lab.records.completed(run, report);
		assertThat(this.lab.rows.findAll()).extracting(RunRecord::number).containsExactly(kept.number(), run.number());
		assertThat(this.lab.forgotten).containsExactly(before);
		RunRecord row = this.lab.row(run.number());
		assertThat(row.outcome()).isEqualTo(Outcome.COMPLETED);
		assertThat(row.exitCode()).isEqualTo(8);
		assertThat(row.report()).isEqualTo("{\"a\":1}");
		assertThat(row.finishedAt()).isEqualTo(this.lab.clock.instant());
	}

	@Test
	void aRunThatFailedOrWasStoppedLetsNoHistoryGo() {
		this.lab.records.failed(this.lab.records.begin(RunsLab.request()), new IllegalStateException("as planned"));
		this.lab.records.stopped(this.lab.records.begin(RunsLab.request()), false);
		assertThat(this.lab.forgotten).isEmpty();
	}

	@Test
	void whyARunFailedIsNotHiddenByADatabaseThatIsAway() {
		RunRecord run = this.lab.records.begin(RunsLab.request());
		IllegalStateException cause = new IllegalStateException("as planned");
		this.lab.database.away(true);
		this.lab.records.failed(run, cause);
		this.lab.database.away(false);
		assertThat(cause.getSuppressed()).hasSize(1);
		assertThat(this.lab.records.unfinished(RunsLab.request())).as("the next run finds it").hasValue(run);
	}

	@Test
	void aRunLastsFromItsFirstBeginning() {
		RunRecord run = this.lab.records.begin(RunsLab.request());
		this.lab.clock.move(Duration.ofHours(3));
		RunRecord resumed = this.lab.records.resume(RunsLab.request(), run);
		this.lab.clock.move(Duration.ofMinutes(4));
		assertThat(this.lab.records.since(resumed)).isEqualTo(Duration.ofHours(3).plusMinutes(4));
	}

}
