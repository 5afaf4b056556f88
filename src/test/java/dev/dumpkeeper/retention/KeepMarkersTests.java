package dev.dumpkeeper.retention;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeepMarkers}: a directory that is there, or was, keeps its marker.
 */
class KeepMarkersTests {

	private static final String MARKER = "dumpfiles/.keep";

	private final RetentionLab lab = new RetentionLab();

	private final Run run = this.lab.run(1);

	@AfterEach
	void close() {
		this.lab.close();
	}

	@Test
	void aMissingMarkerIsWrittenAndAnIntactOneIsLeftAlone() {
		this.lab.file("dumpfiles/a.hprof", Duration.ZERO);
		assertThat(keep(this.run)).isEqualTo("WRITTEN");
		assertThat(this.lab.bucket.content(MARKER)).contains("keepdir");
		assertThat(keep(this.lab.run(2))).isEqualTo("INTACT");
		assertThat(this.lab.bucket.calls("put")).hasSize(1);
	}

	@Test
	void whatARunHasWrittenItselfStaysSaid() {
		this.lab.file("dumpfiles/a.hprof", Duration.ZERO);
		keep(this.run);
		assertThat(keep(this.run)).isEqualTo("WRITTEN");
	}

	@Test
	void aMarkerOfAnotherContentIsWrittenAnew() {
		this.lab.bucket.with(MARKER, "keepdiR", RetentionLab.NOW);
		assertThat(keep(this.run)).isEqualTo("WRITTEN");
		assertThat(this.lab.bucket.content(MARKER)).contains("keepdir");
	}

	@Test
	void aVolumeThatNeverHadTheDirectoryGetsNone() {
		this.lab.file("logs/a", Duration.ZERO);
		this.lab.markers.keep(this.run, RetentionLab.VOLUME);
		assertThat(this.lab.bucket.files()).containsExactly("logs/a");
		assertThat(this.lab.markerRows.findByVolumeAndRunId(RetentionLab.VOLUME, 1)).isEmpty();
	}

	@Test
	void aDirectoryThatIsGoneIsMadeAgainAndItsOwnerIsSaid() {
		this.lab.file("dumpfiles/a.hprof", Duration.ZERO);
		keep(this.run);
		this.lab.bucket.without("dumpfiles");
		assertThat(keep(this.lab.run(2))).isEqualTo("WRITTEN");
		assertThat(this.lab.markerRows.findByVolumeAndRunId(RetentionLab.VOLUME, 2).get(0).detail())
			.contains("belongs to root");
	}

	@Test
	void aDryRunSaysWhatItWouldWrite() {
		this.lab.file("dumpfiles/a.hprof", Duration.ZERO);
		assertThat(keep(new Run(1, RetentionLab.NOW, true))).isEqualTo("WOULD_WRITE");
		assertThat(this.lab.bucket.calls("put")).isEmpty();
	}

	@Test
	void aFullVolumeAndAFailureAreRecordedAndTriedAgain() {
		this.lab.file("dumpfiles/a.hprof", Duration.ZERO);
		this.lab.bucket.full(true);
		assertThat(keep(this.run)).isEqualTo("FULL");
		assertThat(this.lab.markers.isMissing(this.run, RetentionLab.VOLUME)).isTrue();
		this.lab.bucket.outage(Kind.UNAVAILABLE);
		assertThat(keep(this.run)).isEqualTo("FAILED");
		this.lab.bucket.outage(null).full(false);
		this.lab.markers.retry(this.run, RetentionLab.VOLUME);
		assertThat(this.lab.markers.isMissing(this.run, RetentionLab.VOLUME)).isFalse();
		assertThat(this.lab.bucket.files()).contains(MARKER);
	}

	private String keep(Run run) {
		this.lab.markers.keep(run, RetentionLab.VOLUME);
		return this.lab.markerRows.findByVolumeAndRunId(RetentionLab.VOLUME, run.id()).get(0).state().name();
	}

}
