package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.capacity.forecast.ByteSample;

/**
 * A volume reached the threshold, after a day or more below it.
 *
 * @param at when
 * @param grewFor how long it had been growing from pass to pass
 * @param watched whether a pass had measured shortly before; nobody can be warned without
 */
record Crossing(Instant at, Duration grewFor, boolean watched) {

	/** So long below the threshold, and the next time is another crossing. */
	static final Duration APART = Duration.ofHours(24);

	/** Less than this share of the threshold is no growth. */
	private static final double GROWTH = 0.01;

	/**
	 * Finds the crossings of a volume.
	 * @param course what was used, the oldest first
	 * @param passes what passes found before they deleted anything, the oldest first
	 * @param threshold in bytes
	 * @param interval from one pass to the next
	 * @return the oldest first; what began above the threshold is none
	 */
	static List<Crossing> of(List<ByteSample> course, List<ByteSample> passes, double threshold, Duration interval) {
		List<Crossing> crossings = new ArrayList<>();
		Instant lastAbove = null;
		for (int i = 0; i < course.size(); i++) {
			ByteSample sample = course.get(i);
			if (sample.bytes() < threshold) {
				continue;
			}
			if (i > 0 && isApart(lastAbove, sample.at())) {
				crossings.add(of(sample.at(), i, course, passes, threshold, interval));
			}
			lastAbove = sample.at();
		}
		return crossings;
	}

	private static boolean isApart(@Nullable Instant lastAbove, Instant at) {
		return lastAbove == null || Duration.between(lastAbove, at).compareTo(APART) >= 0;
	}

	private static Crossing of(Instant at, int index, List<ByteSample> course, List<ByteSample> passes,
			double threshold, Duration interval) {
		int last = passes.size() - 1;
		while (last >= 0 && !passes.get(last).at().isBefore(at)) {
			last--;
		}
		Duration tolerated = interval.multipliedBy(3).dividedBy(2);
		if (last < 0 || Duration.between(passes.get(last).at(), at).compareTo(tolerated) > 0) {
			return new Crossing(at, Duration.ZERO, false);
		}
		int start = last;
		while (start > 0 && passes.get(start - 1).bytes() < passes.get(start).bytes()
				&& Duration.between(passes.get(start - 1).at(), passes.get(start).at()).compareTo(tolerated) <= 0) {
			start--;
		}
		ByteSample lowest = passes.get(start);
		Instant began = at;
		for (int i = index; i >= 0 && course.get(i).at().isAfter(lowest.at()); i--) {
			if (course.get(i).bytes() > lowest.bytes() + GROWTH * threshold) {
				began = course.get(i).at();
			}
		}
		return new Crossing(at, Duration.between(began, at), true);
	}

	/** Whether a pass had seen it grow. */
	boolean grewLongerThan(Duration interval) {
		return this.grewFor.compareTo(interval) > 0;
	}

}
