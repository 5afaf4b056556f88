package dev.dumpkeeper.capacity.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Estimates the time between two passes.
 */
public final class PassInterval {

	/** Used when fewer than two passes were recorded. */
	private static final Duration DAILY = Duration.ofDays(1);

	private static final Duration SHORTEST = Duration.ofHours(1);

	private PassInterval() {
	}

	/**
	 * Takes the median time between two measurements.
	 * @param times when the measurements were made, oldest first
	 * @return an hour or more; one day for fewer than two measurements
	 */
	public static Duration of(List<Instant> times) {
		List<Duration> gaps = new ArrayList<>();
		for (int i = 1; i < times.size(); i++) {
			gaps.add(Duration.between(times.get(i - 1), times.get(i)));
		}
		gaps.sort(null);
		Duration median = gaps.isEmpty() ? DAILY : gaps.get(gaps.size() / 2);
		return (median.compareTo(SHORTEST) < 0) ? SHORTEST : median;
	}

}
