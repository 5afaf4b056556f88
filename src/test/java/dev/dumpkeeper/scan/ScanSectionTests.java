package dev.dumpkeeper.scan;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.VolumeScan.Source;
import dev.dumpkeeper.scan.VolumeScan.State;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ScanSection}.
 */
class ScanSectionTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	@Test
	void aTrustedListingIsCounted() {
		Report report = report(List.of(scan(State.TRUSTED, 0, 0)), "scanVolumes");
		assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
		assertThat(report.asText()).contains("v             3   30 B      2");
		assertThat(report.json().toString()).contains("objects=3", "bytes=30", "dumps=2").doesNotContain("reason");
	}

	@Test
	void whereAListingFailedNothingIsCountedAndTheExitCodeSaysSo() {
		for (State state : List.of(State.FAILED, State.UNTRUSTED)) {
			Report report = report(List.of(scan(state, 0, 0)), "scanVolumes", "sweepVolumes");
			assertThat(report.exitCode()).isEqualTo(ExitCode.GATEWAY);
			assertThat(report.asText()).contains("! v: nothing was deleted here: why");
			assertThat(report.json().toString()).contains("reason=why").doesNotContain("objects=");
		}
	}

	@Test
	void aVolumeThatWasNotReachedYetIsNoFailure() {
		assertThat(report(List.of(scan(State.SELECTED, 0, 0)), "scanVolumes").exitCode()).isEqualTo(ExitCode.OK);
	}

	@Test
	void namesThatCannotBeSentAndNamesBehindLinksAreReported() {
		Report report = report(List.of(scan(State.TRUSTED, 4, 1234)), "scanVolumes");
		assertThat(report.asText()).contains("! v: 4 objects have names that cannot be sent to the gateway",
				"! v: symbolic links lead to 1,234 names, such as dumpfiles/b; they are not counted");
	}

	@Test
	void thatThereAreNoVolumesIsSaidWhereVolumesAreWanted() {
		assertThat(report(List.of(), "scanVolumes").asText()).contains("there are no volumes");
		assertThat(report(List.of(), "keepMarkers").asText()).contains("there are no volumes");
		assertThat(report(List.of(), "checkCapacity").asText()).doesNotContain("there are no volumes");
	}

	@Test
	void aSelectorThatMatchesNothingIsReportedOnlyWhereItWasUsed() {
		VolumeSelector selector = TestScans.catalogue(new InMemoryGateway(), "nosuch*");
		selector.select(List.of());
		assertThat(write(selector, List.of(), "scanVolumes").asText()).contains("no volume is called nosuch*");
		assertThat(write(selector, List.of(), "keepMarkers").asText()).contains("no volume is called nosuch*");
		assertThat(write(selector, List.of(), "keepMarkers", "sweepVolumes").asText()).doesNotContain("nosuch");
	}

	@Test
	void whereVolumesWereListedIsSaidAndOnlyAStandInIsWarnedOf() {
		VolumeScan scan = scan(State.TRUSTED, 0, 0);
		assertThat(report(List.of(scan.from(Source.METADATA, null)), "scanVolumes").asText())
			.contains("all volumes listed from JuiceFS's metadata")
			.doesNotContain("!");
		for (String configured : List.of("dumpkeeper.scan.source is gateway", "dumpkeeper.metadata.url is not set",
				"dumpkeeper.gateways.east.metadata.url is not set")) {
			assertThat(report(List.of(scan.from(Source.GATEWAY, configured)), "scanVolumes").asText())
				.contains("all volumes listed by the gateway: " + configured)
				.doesNotContain("!");
		}
		Report fallback = report(List.of(scan.from(Source.GATEWAY, "dumpfiles/a differs")), "scanVolumes");
		assertThat(fallback.asText()).contains("! all volumes listed by the gateway: dumpfiles/a differs");
		assertThat(fallback.exitCode()).isEqualTo(ExitCode.OK);
		assertThat(fallback.json().toString()).contains("source=GATEWAY", "sourceReason=dumpfiles/a differs");
	}

	@Test
	void whereVolumesWereListedInSeveralWaysEachIsNamed() {
		VolumeScan other = new VolumeScan(2L, 7, "w", State.TRUSTED, null, NOW, NOW, 3, 30, 2, 0, 0, 0, null,
				Source.GATEWAY, "why not");
		assertThat(
				report(List.of(scan(State.TRUSTED, 0, 0).from(Source.METADATA, null), other), "scanVolumes").asText())
			.contains("v listed from JuiceFS's metadata", "! w listed by the gateway: why not");
	}

	private static Report report(List<VolumeScan> scans, String... steps) {
		return write(TestScans.catalogue(new InMemoryGateway()), scans, steps);
	}

	private static Report write(VolumeSelector selector, List<VolumeScan> scans, String... steps) {
		Report report = new Report(new Run(7, NOW, false), "job", List.of(steps), NOW);
		new ScanSection(TestScans.of(scans), selector).write(report);
		return report;
	}

	private static VolumeScan scan(State state, long unusable, long linked) {
		return new VolumeScan(1L, 7, "v", state, (state == State.TRUSTED) ? null : "why", NOW, NOW, 3, 30, 2, unusable,
				0, linked, (linked > 0) ? "dumpfiles/b" : null, null, null);
	}

}
