package dev.dumpkeeper.scan;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.StopSignal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DuplicateFileDetector}: it counts which keys show a file.
 */
class DuplicateFileDetectorTests {

	private static final Instant AT = Instant.parse("2026-11-20T08:00:00.250Z");

	private static final long FILE = DuplicateFileDetector.fingerprint(10, AT);

	private final InMemoryBucket bucket = new InMemoryBucket("v");

	private final InMemoryBucket other = new InMemoryBucket("w");

	private final InMemoryGateway gateway = new InMemoryGateway().pathTrust(PathTrust.UNKNOWN)
		.with(this.bucket)
		.with(this.other);

	private final DuplicateFileDetector.Files files = new DuplicateFileDetector.Files();

	@Test
	void aFileUnderItsOwnKeyIsTheOnlyOne() {
		this.bucket.with("a", 10, AT);
		this.files.add("v", "a", 10, AT);
		assertFile(true, false, true);
	}

	@Test
	void aFileUnderAnotherKeyAsWellIsThereTwice() {
		this.bucket.with("a", 10, AT).with("b", 10, AT.plusMillis(700));
		this.files.add("v", "a", 10, AT);
		assertFile(false, true, true);
	}

	@Test
	void aFileUnderAnotherKeyAloneIsThereTwiceAndWasNotSeen() {
		this.bucket.with("b", 10, AT);
		this.files.add("v", "a", 10, AT);
		assertFile(false, true, false);
	}

	@Test
	void theSameKeyInAnotherVolumeIsAnotherKey() {
		this.other.with("a", 10, AT);
		this.files.add("v", "a", 10, AT);
		assertFile(false, true, false);
	}

	@Test
	void aFileThatIsNotListedHasNoOtherKey() {
		this.bucket.with("a", 11, AT).with("b", 10, AT.plusSeconds(1));
		this.files.add("v", "a", 10, AT);
		assertFile(true, false, false);
	}

	@Test
	void filesThatAreAskedForAndAlikeAreDuplicatesWhateverIsListed() {
		this.bucket.with("b", 10, AT);
		this.files.add("v", "a", 10, AT);
		this.files.add("v", "b", 10, AT);
		this.files.add("v", "c", 11, AT);
		assertFile(false, true, true);
		assertThat(detector().isOnly(DuplicateFileDetector.fingerprint(11, AT))).isTrue();
	}

	@Test
	void ofThreeAlikeFilesNoneIsTheOnlyOne() {
		this.files.add("v", "a", 10, AT);
		this.files.add("v", "b", 10, AT);
		this.files.add("v", "c", 10, AT);
		assertFile(false, true, false);
	}

	@Test
	void whatWasNotAskedForIsNothing() {
		this.bucket.with("a", 10, AT).with("b", 10, AT);
		this.files.add("v", "c", 11, AT);
		assertFile(false, false, false);
	}

	@Test
	void moreFilesThanItMadeRoomForAreAskedFor() {
		for (int number = 0; number < 2500; number++) {
			this.files.add("v", "k" + number, number, AT);
		}
		this.bucket.with("k10", 10, AT).with("x", 2400, AT);
		assertFile(true, false, true);
		assertThat(detector().isTwice(DuplicateFileDetector.fingerprint(2400, AT))).isTrue();
	}

	@Test
	void whereAVolumeCannotBeListedNothingIsKnown() {
		this.other.outage(Kind.UNAVAILABLE);
		this.files.add("v", "a", 10, AT);
		assertThat(DuplicateFileDetector.of(this.files, volumes(), this.gateway, TestScans.walk(new StopSignal()),
				Progress.NONE))
			.isEmpty();
	}

	private void assertFile(boolean only, boolean twice, boolean seen) {
		DuplicateFileDetector detector = detector();
		assertThat(detector.isOnly(FILE)).as("only").isEqualTo(only);
		assertThat(detector.isTwice(FILE)).as("twice").isEqualTo(twice);
		assertThat(detector.isSeen(FILE)).as("seen").isEqualTo(seen);
	}

	private DuplicateFileDetector detector() {
		return DuplicateFileDetector
			.of(this.files, volumes(), this.gateway, TestScans.walk(new StopSignal()), Progress.NONE)
			.orElseThrow();
	}

	/** A link leads nowhere but to another file of the same gateway. */
	@Test
	void volumesAreThoseOfOneGatewayWhosePathsAreNotKnown() {
		this.gateway.bucket("east/v");
		assertThat(DuplicateFileDetector.volumes(this.gateway))
			.isEqualTo(Map.of("", List.of("v", "w"), "east", List.of("east/v")));
		this.gateway.pathTrust(PathTrust.CHECKED);
		assertThat(DuplicateFileDetector.volumes(this.gateway)).isEmpty();
	}

	/** Which of its volumes there are is not known either. */
	@Test
	void whereAGatewayRefusesToListItsVolumesNothingIsKnown() {
		this.files.add("east/v", "a", 10, AT);
		this.gateway.with(new InMemoryBucket("east/").outage(Kind.DENIED));
		assertThat(DuplicateFileDetector.of(this.files, List.of("east/"), this.gateway,
				TestScans.walk(new StopSignal()), Progress.NONE))
			.isEmpty();
	}

	private List<String> volumes() {
		return DuplicateFileDetector.volumes(this.gateway).getOrDefault("", List.of());
	}

}
