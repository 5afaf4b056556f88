package dev.dumpkeeper.scan;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Plausibility}.
 */
class PlausibilityTests {

	private final Plausibility plausibility = new Plausibility(0.5);

	@Test
	void theFirstListingIsBelieved() {
		assertThat(this.plausibility.doubt(0, null, null)).isEmpty();
		assertThat(this.plausibility.doubt(11_846, null, null)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			1000, 1000
			1000, 1001
			1000, 5000
			1000, 999
			1000, 500
			1,    1
			0,    0
			0,    7
			""")
	void aListingThatLostLittleIsBelieved(long before, long now) {
		assertThat(this.plausibility.doubt(now, trusted(before, 0), trusted(before, 0))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			1000,   499
			1000,   1
			100001, 11846
			""")
	void aListingThatLostMuchIsNotBelieved(long before, long now) {
		assertThat(this.plausibility.doubt(now, trusted(before, 0), trusted(before, 0)))
			.hasValueSatisfying((doubt) -> assertThat(doubt).startsWith(now + " objects listed")
				.contains(" left " + before)
				.contains("brake.max-shrink (50 %)"));
	}

	@Test
	void aVolumeThatIsSuddenlyEmptyIsNotBelievedWhateverTheShareAllowed() {
		assertThat(new Plausibility(1).doubt(0, trusted(1, 0), trusted(1, 0)))
			.hasValueSatisfying((doubt) -> assertThat(doubt).contains("listed as empty").contains("held 1 objects"));
		assertThat(new Plausibility(1).doubt(1, trusted(1000, 0), trusted(1000, 0))).isEmpty();
	}

	@Test
	void ownDeletionsAreNotLost() {
		assertThat(this.plausibility.doubt(100, trusted(1000, 900), trusted(1000, 900))).isEmpty();
		assertThat(this.plausibility.doubt(0, trusted(1000, 1000), trusted(1000, 1000))).isEmpty();
		assertThat(this.plausibility.doubt(49, trusted(1000, 900), trusted(1000, 900))).isPresent();
	}

	@Test
	void moreDeletionsThanObjectsAreNoDoubt() {
		assertThat(this.plausibility.doubt(0, trusted(10, 15), trusted(10, 15))).isEmpty();
	}

	@Test
	void aSecondPassThatFindsTheSameIsBelieved() {
		assertThat(this.plausibility.doubt(100, trusted(1000, 0), untrusted(100))).isEmpty();
		assertThat(this.plausibility.doubt(0, trusted(1000, 0), untrusted(0))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			100, 105
			100, 95
			1,   0
			1,   2
			""")
	void aSecondPassMayDifferALittle(long first, long second) {
		assertThat(this.plausibility.doubt(second, trusted(1000, 0), untrusted(first))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			100, 106
			100, 94
			100, 0
			1,   3
			""")
	void aSecondPassThatFindsSomethingElseIsNotBelieved(long first, long second) {
		assertThat(this.plausibility.doubt(second, trusted(1000, 0), untrusted(first))).isPresent();
	}

	@Test
	void aTrustedPassInBetweenConfirmsNothing() {
		assertThat(this.plausibility.doubt(100, trusted(1000, 0), trusted(100, 0))).isPresent();
	}

	@Test
	void noLossIsAllowedWhereTheShareIsZero() {
		assertThat(new Plausibility(0).doubt(999, trusted(1000, 0), trusted(1000, 0))).isPresent();
		assertThat(new Plausibility(0).doubt(1000, trusted(1000, 0), trusted(1000, 0))).isEmpty();
	}

	private static VolumeScan trusted(long objects, long deleted) {
		return scan(VolumeScan.State.TRUSTED, null, objects, deleted);
	}

	private static VolumeScan untrusted(long objects) {
		return scan(VolumeScan.State.UNTRUSTED, "lost much", objects, 0);
	}

	private static VolumeScan scan(VolumeScan.State state, @Nullable String reason, long objects, long deleted) {
		Instant at = Instant.parse("2026-11-01T10:00:00Z");
		return new VolumeScan(1L, 1, "jfsdata", state, reason, at, at, objects, 0, 0, 0, deleted, 0, null, null, null);
	}

}
