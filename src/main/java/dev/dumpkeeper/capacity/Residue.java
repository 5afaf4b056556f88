package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How what is no dump changes from day to day. Robust: a clean-up, or a large file that
 * comes and goes, turns neither the trend nor its spread.
 */
final class Residue {

	private static final Duration DAY = Duration.ofDays(1);

	/** Older days say little of tomorrow. */
	private static final Duration RECENT = Duration.ofDays(28);

	/** Points of the trend; more would not change a median, and pairs are its square. */
	private static final int TREND_POINTS = 60;

	/** Changes that are so many median deviations away are none of the usual ones. */
	private static final double UNUSUAL = 5;

	private final double trend;

	private final double[] deviations;

	private Residue(double trend, double[] deviations) {
		this.trend = trend;
		this.deviations = deviations;
	}

	static Residue of(List<Flow> measured, Instant now) {
		List<Flow> recent = measured.stream()
			.filter((flow) -> !flow.at().isAfter(now) && flow.at().isAfter(now.minus(RECENT)))
			.toList();
		double[] changes = changes(recent);
		double usual = median(changes);
		double[] deviations = new double[changes.length];
		for (int i = 0; i < changes.length; i++) {
			deviations[i] = Math.abs(changes[i] - usual);
		}
		double limit = UNUSUAL * median(deviations);
		for (int i = 0; i < changes.length; i++) {
			deviations[i] = (Math.abs(changes[i] - usual) <= limit) ? changes[i] - usual : 0;
		}
		// A clean-up turns the slopes across it, steps leave most days without a change:
		// what grows by either is believed.
		return new Residue(Math.max(usual, slope(recent) * DAY.toHours()), deviations);
	}

	/** Changes over about a day, scaled to a day, where measurements lie so far apart. */
	private static double[] changes(List<Flow> measured) {
		List<Double> changes = new ArrayList<>();
		int later = 0;
		for (int i = 0; i < measured.size(); i++) {
			later = Math.max(later, i + 1);
			while (later < measured.size()
					&& Duration.between(measured.get(i).at(), measured.get(later).at()).compareTo(DAY) < 0) {
				later++;
			}
			if (later >= measured.size()) {
				break;
			}
			double days = Duration.between(measured.get(i).at(), measured.get(later).at()).toSeconds() / 86_400.0;
			if (days < 2) {
				changes.add((measured.get(later).bytes() - measured.get(i).bytes()) / days);
			}
		}
		return changes.stream().mapToDouble(Double::doubleValue).toArray();
	}

	/** The median of all slopes, in bytes an hour. */
	private static double slope(List<Flow> measured) {
		int step = Math.max(1, (measured.size() + TREND_POINTS - 1) / TREND_POINTS);
		int points = (measured.size() + step - 1) / step;
		double[] hours = new double[points];
		double[] bytes = new double[points];
		for (int i = 0; i < points; i++) {
			Flow point = measured.get(i * step);
			hours[i] = Duration.between(measured.get(0).at(), point.at()).toMillis() / 3_600_000.0;
			bytes[i] = point.bytes();
		}
		double[] slopes = new double[points * points / 2];
		int count = 0;
		for (int i = 0; i < points; i++) {
			for (int j = i + 1; j < points; j++) {
				if (hours[j] > hours[i]) {
					slopes[count++] = (bytes[j] - bytes[i]) / (hours[j] - hours[i]);
				}
			}
		}
		return median(Arrays.copyOf(slopes, count));
	}

	private static double median(double[] values) {
		if (values.length == 0) {
			return 0;
		}
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

	/** Bytes that are added on a usual day; less than 0 where it shrinks. */
	double trend() {
		return this.trend;
	}

	/** How much more or less than usual it was, day by day; unusual days have 0. */
	double[] deviations() {
		return this.deviations;
	}

}
