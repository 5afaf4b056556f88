package dev.dumpkeeper.retention;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.Versioning;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetentionSection}: what people and scripts read of a sweep.
 */
class RetentionSectionTests {

	private final RetentionLab lab = new RetentionLab();

	private final Run run = this.lab.run(1);

	@AfterEach
	void close() {
		this.lab.close();
	}

	@Test
	void whatWentIsCountedAndFreed() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof");
		this.lab.pass(this.run);
		this.lab.plans.close(this.run);
		Report report = report();
		assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
		assertThat(volume(report)).containsEntry("planned", 2L)
			.containsEntry("expired", 2L)
			.containsEntry("verified", 2L)
			.containsEntry("failed", 0L)
			.containsEntry("freedBytes", 20L)
			.doesNotContainKey("sweepFailure");
		assertThat(report.asText()).contains("plan 1: swept; expires what was written before 2026-11-23T08:00:00Z",
				"freed 20 B: ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "ON | Add a lifecycle rule that removes noncurrent versions",
			"LOCKED | It has object lock: nobody can remove what is locked before its lock ends" })
	void whatABucketKeepsTheVersionsOfIsNotFreed(Versioning versioning, String words) {
		this.lab.old("dumpfiles/a.hprof");
		this.lab.bucket.versioning(versioning);
		this.lab.pass(this.run);
		this.lab.plans.close(this.run);
		Report report = report();
		assertThat(volume(report)).containsEntry("expired", 1L)
			.containsEntry("freedBytes", 0L)
			.containsEntry("versionBytes", 10L);
		assertThat(report.asText())
			.contains("! v: the bucket keeps the versions of what was deleted, so 10 B are not free. " + words)
			.doesNotContain("freed");
	}

	@Test
	void aBucketThatIsNotJuicefsHasNeitherQuotasNorTrash() {
		this.lab.old("dumpfiles/a.hprof");
		this.lab.bucket.versioning(Versioning.OFF);
		this.lab.pass(this.run);
		this.lab.plans.close(this.run);
		assertThat(report().asText()).contains("freed 10 B\n").doesNotContain("PVC", "trash");
	}

	@Test
	void whereVersionsCannotBeAskedForTheReportSaysSo() {
		this.lab.old("dumpfiles/a.hprof");
		this.lab.bucket.versioning(Versioning.UNKNOWN);
		this.lab.pass(this.run);
		this.lab.plans.close(this.run);
		assertThat(report().asText())
			.contains("freed 10 B", "v: whether the bucket keeps versions of what was deleted is not known")
			.doesNotContain("! v:");
	}

	@Test
	void aJobWithoutAPlanSaysNothingOfOne() {
		Report report = report();
		assertThat(report.json()).doesNotContainKey("plan");
		assertThat(report.asText()).doesNotContain("plan");
	}

	@Test
	void aRefusedPlanEndsWithFourAndSaysHowToGoOn() {
		IntStream.range(0, 1001).forEach((number) -> this.lab.old("dumpfiles/" + number + ".hprof"));
		this.lab.pass(this.run);
		Report report = report();
		assertThat(report.exitCode()).isEqualTo(ExitCode.BRAKE_REFUSED);
		assertThat(report.asText())
			.contains("plan 1: refused", "! plan 1 is refused, nothing was deleted: ", "run expire-dumps --approve 1")
			.doesNotContain("freed");
		assertThat(report.json().get("plan")).asString().contains("state=REFUSED", "refusal=");
	}

	@Test
	void aDryRunIsNotCalledRefused() {
		this.lab.old("dumpfiles/a.hprof");
		Run dry = new Run(1, RetentionLab.NOW, true);
		this.lab.pass(dry);
		Report report = this.lab.report(dry, "sweepVolumes");
		assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
		assertThat(report.asText()).contains("to sweep it: run expire-dumps --approve 1");
	}

	@Test
	void whatCouldNotBeDeletedEndsWithThreeAndIsNamed() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b\nforged.hprof");
		this.lab.bucket.undeletable("dumpfiles/b\nforged.hprof");
		this.lab.pass(this.run);
		Report report = report();
		assertThat(report.exitCode()).isEqualTo(ExitCode.OBJECTS_FAILED);
		assertThat(volume(report)).containsEntry("failed", 1L).containsEntry("expired", 1L);
		assertThat(report.asText()).contains("! v: could not delete dumpfiles/b\\u000aforged.hprof: ");
	}

	@Test
	void aSweepThatEndsEarlyEndsWithSix() {
		this.lab.old("dumpfiles/a.hprof");
		this.lab.plan(this.run);
		this.lab.bucket.outage(GatewayException.Kind.UNAVAILABLE);
		this.lab.sweep(this.run);
		Report report = report();
		assertThat(report.exitCode()).isEqualTo(ExitCode.GATEWAY);
		assertThat(report.asText()).contains("! v: the sweep ended early: ");
		assertThat(volume(report)).containsKey("sweepFailure");
	}

	@Test
	void aMarkerThatIsMissingOnAFullVolumeEndsWithThreeAndOneThatFailedWithSix() {
		marker(Marker.State.FULL);
		assertThat(report().exitCode()).isEqualTo(ExitCode.OBJECTS_FAILED);
		assertThat(report().asText()).contains("! v: marker: why");
		this.lab.markerRows.deleteAll();
		marker(Marker.State.FAILED);
		assertThat(report().exitCode()).isEqualTo(ExitCode.GATEWAY);
	}

	private void marker(Marker.State state) {
		this.lab.markerRows
			.save(new Marker(null, RetentionLab.VOLUME, "dumpfiles", state, "why", this.run.id(), RetentionLab.NOW));
	}

	private Report report() {
		return this.lab.report(this.run, "sweepVolumes", "settle");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> volume(Report report) {
		return ((List<Map<String, Object>>) report.json().get("volumes")).get(0);
	}

}
