package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DriverSearch}.
 */
class DriverSearchTests {

	private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

	@Test
	void whatGoesBetweenTwoPassesGoesAtTheSecond() {
		assertThat(DriverSearch.atPasses(List.of(flow(-9, 1), flow(5, 2), flow(6, 4), flow(7, 8), flow(100, 16)), NOW,
				Duration.ofHours(72), Duration.ofHours(6)))
			.containsExactly(new Drivers.Expiry(hours(6), 7), new Drivers.Expiry(hours(12), 8));
	}

	@Test
	void aPassBehindTheHorizonIsNotTold() {
		assertThat(DriverSearch.atPasses(List.of(flow(1, 1)), NOW, Duration.ofHours(5), Duration.ofHours(6))).isEmpty();
	}

	private static Flow flow(int hours, long bytes) {
		return new Flow(hours(hours), bytes);
	}

	private static Instant hours(long hours) {
		return NOW.plus(Duration.ofHours(hours));
	}

}
