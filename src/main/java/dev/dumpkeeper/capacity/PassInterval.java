package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How often passes come.
 */
final class PassInterval {

	/** Where too few passes were recorded to tell. */
	private static final Duration DAILY = Duration.ofDays(1);

	private static final Duration SHORTEST = Duration.ofHours(1);

	private PassInterval() {
	}

	/**
	 * The median time from one measurement to the next.
	 * @param times of the measurements, the oldest first
	 * @return an hour or more; a day where there are less than two
	 */
	static Duration of(List<Instant> times) {
		List<Duration> gaps = new ArrayList<>();
		for (int i = 1; i < times.size(); i++) {
			gaps.add(Duration.between(times.get(i - 1), times.get(i)));
		}
		gaps.sort(null);
		Duration median = gaps.isEmpty() ? DAILY : gaps.get(gaps.size() / 2);
		return (median.compareTo(SHORTEST) < 0) ? SHORTEST : median;
	}

}
