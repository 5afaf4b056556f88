package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DriverSearch}.
 */
class DriverSearchTests {

	private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

	@Test
	void whatGoesBetweenTwoPassesGoesAtTheSecond() {
		assertThat(
				DriverSearch.atPasses(Map.of(hours(-9), 1L, hours(5), 2L, hours(6), 4L, hours(7), 8L, hours(100), 16L),
						NOW, Duration.ofHours(72), Duration.ofHours(6)))
			.containsExactly(new Drivers.Expiry(hours(6), 7), new Drivers.Expiry(hours(12), 8));
	}

	@Test
	void aPassBehindTheHorizonIsNotTold() {
		assertThat(DriverSearch.atPasses(Map.of(hours(1), 1L), NOW, Duration.ofHours(5), Duration.ofHours(6)))
			.isEmpty();
	}

	private static Instant hours(long hours) {
		return NOW.plus(Duration.ofHours(hours));
	}

}
