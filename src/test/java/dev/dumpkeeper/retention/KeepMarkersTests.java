package dev.dumpkeeper.retention;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.TestScans;

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

	@Test
	void aDirectoryBehindALinkGetsNoMarkerAndThatIsSaid() {
		try (RetentionLab checked = new RetentionLab(PathTrust.CHECKED, "dumpfiles")) {
			checked.file("dumpfiles/a.hprof", Duration.ZERO);
			checked.gateway.linked(RetentionLab.VOLUME, "dumpfiles");
			checked.markers.keep(this.run, RetentionLab.VOLUME);
			Marker marker = checked.markerRows.findByVolumeAndRunId(RetentionLab.VOLUME, 1).get(0);
			assertThat(marker.state()).isEqualTo(Marker.State.LINKED);
			assertThat(marker.detail()).contains("dumpfiles is a symbolic link");
			assertThat(checked.bucket.calls("put")).isEmpty();
			assertThat(checked.markers.isMissing(this.run, RetentionLab.VOLUME)).isFalse();
		}
	}

	@Test
	void aVolumeThatIsNamedGetsItsDirectory() {
		markers(".keep", "keepdir", "dumpfiles").keep(this.run, RetentionLab.VOLUME);
		assertThat(this.lab.bucket.files()).isEmpty();
		new KeepMarkers(this.lab.gateway, TestScans.catalogue(this.lab.gateway, RetentionLab.VOLUME),
				this.lab.markerRows, properties(".keep", "keepdir", "dumpfiles"), Clock.systemUTC())
			.keep(this.run, RetentionLab.VOLUME);
		assertThat(this.lab.bucket.files()).containsExactly(MARKER);
	}

	@Test
	void eachDirectoryGetsItsOwn() {
		this.lab.file("a/x", Duration.ZERO).file("b/c/x", Duration.ZERO);
		markers("m", "text", "a", "b/c", "d").keep(this.run, RetentionLab.VOLUME);
		assertThat(this.lab.bucket.files()).containsExactly("a/m", "a/x", "b/c/m", "b/c/x");
		assertThat(this.lab.bucket.content("b/c/m")).contains("text");
		assertThat(this.lab.markerRows.findByVolumeAndRunId(RetentionLab.VOLUME, 1)).hasSize(2)
			.allSatisfy((marker) -> assertThat(marker.detail()).isNull());
	}

	@Test
	void anEmptyMarkerIsIntactWithoutBeingRead() {
		this.lab.bucket.with(MARKER, "", RetentionLab.NOW);
		markers(".keep", "", "dumpfiles").keep(this.run, RetentionLab.VOLUME);
		assertThat(this.lab.bucket.calls("read")).isEmpty();
		assertThat(this.lab.bucket.calls("put")).isEmpty();
	}

	@Test
	void aMarkerOfAnotherSizeIsWrittenAnew() {
		this.lab.bucket.with(MARKER, "keepdir\n", RetentionLab.NOW);
		assertThat(keep(this.run)).isEqualTo("WRITTEN");
		assertThat(this.lab.bucket.content(MARKER)).contains("keepdir");
	}

	@Test
	void onlyWhatIsMissingIsTriedAgain() {
		this.lab.file("dumpfiles/a.hprof", Duration.ZERO);
		keep(this.run);
		int before = this.lab.bucket.calls().size();
		this.lab.markers.retry(this.run, RetentionLab.VOLUME);
		assertThat(this.lab.bucket.calls()).hasSize(before);
	}

	@Test
	void whatWasMissingInAnotherRunOrVolumeIsNotMissingHere() {
		this.lab.file("dumpfiles/a.hprof", Duration.ZERO);
		this.lab.bucket.full(true);
		keep(this.run);
		assertThat(this.lab.markers.isMissing(this.run, RetentionLab.VOLUME)).isTrue();
		assertThat(this.lab.markers.isMissing(this.lab.run(2), RetentionLab.VOLUME)).isFalse();
		assertThat(this.lab.markers.isMissing(this.run, "w")).isFalse();
	}

	@Test
	void whatFailedAndIsThereByNowIsIntact() {
		this.lab.bucket.with(MARKER, "keepdir", RetentionLab.NOW).outage(Kind.UNAVAILABLE);
		assertThat(keep(this.run)).isEqualTo("FAILED");
		this.lab.bucket.outage(null);
		assertThat(keep(this.run)).isEqualTo("INTACT");
		this.lab.bucket.without(MARKER);
		assertThat(keep(this.lab.run(2))).isEqualTo("WRITTEN");
		assertThat(keep(this.lab.run(3))).as("another run's work").isEqualTo("INTACT");
	}

	private KeepMarkers markers(String name, String content, String... directories) {
		return new KeepMarkers(this.lab.gateway, TestScans.catalogue(this.lab.gateway), this.lab.markerRows,
				properties(name, content, directories), Clock.systemUTC());
	}

	private static MarkerProperties properties(String name, String content, String... directories) {
		return new MarkerProperties(List.of(directories).stream().map(DirectoryPath::new).toList(), name, content);
	}

	private String keep(Run run) {
		this.lab.markers.keep(run, RetentionLab.VOLUME);
		return this.lab.markerRows.findByVolumeAndRunId(RetentionLab.VOLUME, run.id()).get(0).state().name();
	}

}
