package dev.dumpkeeper.retention;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class SweepBrakeTests {

	@Test
	void aVolumeMayLoseExactlyTheShareThatIsAllowed() {
		assertThat(brake(null, null).refusal(List.of(losing(80, 100, 1)))).isEmpty();
	}

	@Test
	void aVolumeThatWouldLoseOneMoreIsRefusedWithNumbers() {
		assertThat(brake(null, null).refusal(List.of(losing(81, 100, 1)))).get()
			.asString()
			.contains("volume jfsdata", "81 of its 100", "brake.max-share (80 %)");
	}

	@Test
	void aSmallVolumeMayLoseEverything() {
		assertThat(brake(null, null).refusal(List.of(losing(99, 99, 1)))).isEmpty();
	}

	@Test
	void oneVolumeOverTheShareRefusesTheWholePlan() {
		assertThat(brake(null, null).refusal(List.of(losing(1, 1000, 1), losing(150, 150, 1)))).isPresent();
	}

	@Test
	void theBoundOfObjectsCountsAllVolumesTogether() {
		List<VolumePlan> plan = List.of(losing(6, 1000, 1), losing(5, 1000, 1));
		assertThat(brake(11L, null).refusal(plan)).isEmpty();
		assertThat(brake(10L, null).refusal(plan)).get().asString().contains("11 objects", "brake.max-objects (10)");
	}

	@Test
	void theBoundOfBytesCountsAllVolumesTogether() {
		List<VolumePlan> plan = List.of(losing(6, 1000, 600), losing(5, 1000, 500));
		assertThat(brake(null, 1100L).refusal(plan)).isEmpty();
		assertThat(brake(null, 1099L).refusal(plan)).get().asString().contains("1100 bytes", "brake.max-bytes (1099)");
	}

	@Test
	void aShareThatIsNoWholeNumberIsRoundedDown() {
		SweepBrake brake = new SweepBrake(new BrakeProperties(0.29, 100, null, null, 0.5));
		assertThat(brake.refusal(List.of(losing(29, 100, 1)))).isEmpty();
		assertThat(brake.refusal(List.of(losing(29, 101, 1)))).isEmpty();
		assertThat(brake.refusal(List.of(losing(30, 103, 1)))).get()
			.asString()
			.isEqualTo("volume jfsdata would lose 30 of its 103 objects (29 %), more than brake.max-share (29 %) "
					+ "allows");
	}

	private static SweepBrake brake(@Nullable Long maxObjects, @Nullable Long maxBytes) {
		return new SweepBrake(
				new BrakeProperties(0.8, 100, maxObjects, (maxBytes != null) ? DataSize.ofBytes(maxBytes) : null, 0.5));
	}

	private static VolumePlan losing(long objects, long of, long bytes) {
		return VolumePlan.open(1, "jfsdata").counted(of, of, objects, objects, bytes, VolumePlan.Kept.NONE);
	}

}
