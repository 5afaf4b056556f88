package dev.dumpkeeper.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Report}.
 */
class ReportTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private final Report report = report(false, "scanVolumes", "notifyPeople");

	@Test
	void withoutSectionsItSaysWhatRanAndEndsWithZero() {
		assertThat(this.report.exitCode()).isEqualTo(ExitCode.OK);
		assertThat(this.report.asText()).isEqualTo("reconcile-dumps, run 7, 1.5 s\n\n");
		assertThat(this.report.json()).containsExactlyInAnyOrderEntriesOf(
				Map.of("job", "reconcile-dumps", "run", 7L, "dryRun", false, "exitCode", 0, "startedAt",
						"2026-11-25T08:00:00Z", "seconds", 1.5, "volumes", List.of(), "warnings", List.of()));
	}

	@Test
	void aDryRunSaysSoAndShowsWhatWouldBeSent() {
		Report dry = report(true, "scanVolumes");
		dry.wouldSend("one\ntwo\n");
		assertThat(dry.asText()).isEqualTo(
				"reconcile-dumps (dry run: nothing was changed), run 7, 1.5 s\n\n\nwould be sent:\n    one\n    two\n");
	}

	@Test
	void sectionsAddToTheSameVolume() {
		this.report.volume("b").put("objects", 2).cell("OBJECTS", "2");
		this.report.volume("a").put("objects", 1).cell("OBJECTS", "1");
		this.report.volume("a").put("failed", 0).put("reason", null).cell("<MARKER", "kept");
		assertThat(this.report.json().get("volumes"))
			.isEqualTo(List.of(Map.of("name", "a", "objects", 1, "failed", 0), Map.of("name", "b", "objects", 2)));
		assertThat(this.report.asText()).endsWith("""
				VOLUME  OBJECTS  MARKER
				a             1  kept
				b             2  -
				""");
	}

	@Test
	void warningsComeLastAndNoLineOfThemIsForged() {
		this.report.warn("a\n! forged");
		this.report.text("dumps: 3\n");
		assertThat(this.report.asText()).endsWith("dumps: 3\n\n! a\\u000a! forged\n");
		assertThat(this.report.json()).containsEntry("warnings", List.of("a\\u000a! forged"));
	}

	@Test
	void theWorstCauseIsTheExitCode() {
		this.report.cause(ExitCode.NOT_DELIVERED);
		this.report.cause(ExitCode.OBJECTS_FAILED);
		this.report.cause(ExitCode.GATEWAY);
		assertThat(this.report.exitCode()).isEqualTo(ExitCode.OBJECTS_FAILED);
		assertThat(this.report.json()).containsEntry("exitCode", 3);
	}

	@Test
	void aJobIsKnownByItsSteps() {
		assertThat(this.report.hasStep("scanVolumes")).isTrue();
		assertThat(this.report.hasStep("sweepVolumes")).isFalse();
		assertThat(this.report.endsWith("scanVolumes")).isFalse();
		assertThat(this.report.endsWith("notifyPeople")).isTrue();
		assertThat(this.report.sendsNotifications()).isTrue();
		assertThat(report(false, "checkCapacity").sendsNotifications()).isTrue();
		assertThat(report(false, "keepMarkers").sendsNotifications()).isFalse();
	}

	private static Report report(boolean dryRun, String... steps) {
		return new Report(new Run(7, NOW, dryRun), "reconcile-dumps", List.of(steps), NOW.plusMillis(1500));
	}

}
