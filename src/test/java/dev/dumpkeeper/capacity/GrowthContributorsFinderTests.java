package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.capacity.forecast.ByteSample;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GrowthContributorsFinder}.
 */
class GrowthContributorsFinderTests {

	private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

	@Test
	void whatGoesBetweenTwoPassesGoesAtTheSecond() {
		assertThat(GrowthContributorsFinder.atPasses(
				List.of(sample(-9, 1), sample(5, 2), sample(6, 4), sample(7, 8), sample(100, 16)), NOW,
				Duration.ofHours(72), Duration.ofHours(6)))
			.containsExactly(new GrowthContributors.Expiry(hours(6), 7), new GrowthContributors.Expiry(hours(12), 8));
	}

	@Test
	void aPassBehindTheHorizonIsNotReported() {
		assertThat(
				GrowthContributorsFinder.atPasses(List.of(sample(1, 1)), NOW, Duration.ofHours(5), Duration.ofHours(6)))
			.isEmpty();
	}

	private static ByteSample sample(int hours, long bytes) {
		return new ByteSample(hours(hours), bytes);
	}

	private static Instant hours(long hours) {
		return NOW.plus(Duration.ofHours(hours));
	}

}
