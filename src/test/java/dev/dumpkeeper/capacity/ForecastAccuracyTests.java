package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.capacity.CapacityReading.Outlook;
import dev.dumpkeeper.capacity.ForecastAccuracy.Comparison;
import dev.dumpkeeper.usage.DirectoryUsage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link ForecastAccuracy}.
 */
class ForecastAccuracyTests {

	private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

	private static final Duration HORIZON = Duration.ofHours(24);

	@Test
	void thePeakWithinTheHorizonIsWhatCounts() {
		// What the same pass found before its sweep, and what came later, do not count.
		List<DirectoryUsage> measured = measured(0, 90, 6, 50, 12, 70, 18, 40, 24, 50, 30, 99);
		assertThat(compare(reading(50, 50, 60L, 65L), measured)).isEqualTo(new Comparison(0.1, false));
		assertThat(compare(reading(50, 50, 75L, 75L), measured)).isEqualTo(new Comparison(0.05, true));
		assertThat(compare(reading(50, 50, 60L, 70L), measured)).isEqualTo(new Comparison(0.1, true));
	}

	@Test
	void whereNothingMoreComesThePeakIsWhatWasThere() {
		assertThat(compare(reading(50, 50, 50L, 50L), measured(6, 10, 12, 10, 18, 10, 24, 10)))
			.isEqualTo(new Comparison(0, true));
	}

	@Test
	void whatTheQuotaCountsBesideTheListingIsInTheForecastToo() {
		assertThat(compare(reading(55, 50, 60L, 65L), measured(6, 50, 12, 55, 18, 50, 24, 50)))
			.isEqualTo(new Comparison(0, true));
	}

	@Test
	void aForecastThatNobodyWatchedToItsEndDoesNotCount() {
		CapacityReading reading = reading(50, 50, 60L, 65L);
		assertThat(ForecastAccuracy.compare(reading, measured(-6, 50, 0, 50, 6, 50, 12, 50), HORIZON)).isEmpty();
		assertThat(ForecastAccuracy.compare(reading, measured(-6, 50, 0, 50, 6, 50, 18, 50, 24, 50), HORIZON))
			.as("a gap in which it may have been fuller")
			.isEmpty();
		assertThat(ForecastAccuracy.compare(reading, measured(-6, 50, 0, 50, 6, 50, 12, 50, 17, 50), HORIZON))
			.isPresent();
		assertThat(ForecastAccuracy.compare(reading, List.of(), HORIZON)).isEmpty();
	}

	@Test
	void withoutACapacityNothingWasForecast() {
		List<DirectoryUsage> measured = measured(6, 50, 12, 50, 18, 50, 24, 50);
		assertThat(ForecastAccuracy.compare(reading(50, 50, null, null), measured, HORIZON)).isEmpty();
	}

	@Test
	void comparisonsOfAllVolumesAreSummedUp() {
		assertThat(ForecastAccuracy.of(List.of())).isEmpty();
		assertThat(ForecastAccuracy.of(List.of(List.of(), List.of()))).isEmpty();
		assertThat(ForecastAccuracy.of(List.of(List.of(new Comparison(0.1, true), new Comparison(0.3, false)),
				List.of(), List.of(new Comparison(0.2, true), new Comparison(0.2, true)))))
			.hasValueSatisfying((accuracy) -> {
				assertThat(accuracy.volumes()).isEqualTo(2);
				assertThat(accuracy.forecasts()).isEqualTo(4);
				assertThat(accuracy.meanError()).isCloseTo(0.2, within(1e-9));
				assertThat(accuracy.p90Held()).isEqualTo(0.75);
			});
	}

	private static Comparison compare(CapacityReading reading, List<DirectoryUsage> measured) {
		return ForecastAccuracy.compare(reading, measured, HORIZON).orElseThrow();
	}

	private static CapacityReading reading(long used, long listed, @Nullable Long p50, @Nullable Long p90) {
		Outlook outlook = (p50 != null && p90 != null) ? new Outlook(p50, p90, null, null, false) : null;
		CapacitySource source = (outlook != null) ? CapacitySource.LIMIT : null;
		return new CapacityReading(new VolumeCapacity("v", used, CapacitySource.LISTING, listed,
				(outlook != null) ? Long.valueOf(100) : null, source), NOW, outlook, CapacityLevel.CALM, null);
	}

	/** Hours from now and bytes, in turn. */
	private static List<DirectoryUsage> measured(long... values) {
		List<DirectoryUsage> measured = new ArrayList<>();
		for (int i = 0; i < values.length; i += 2) {
			measured.add(new DirectoryUsage(null, 1, "v", "", NOW.plus(Duration.ofHours(values[i])), 1, values[i + 1],
					0, 0, null, null, 0));
		}
		return measured;
	}

}
