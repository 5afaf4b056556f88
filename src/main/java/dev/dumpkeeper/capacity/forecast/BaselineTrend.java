package dev.dumpkeeper.capacity.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The daily change of the baseline, which is everything but dumps. The estimate is
 * robust: a clean-up, or a large file that comes and goes, changes neither trend nor
 * spread.
 */
final class BaselineTrend {

	private static final Duration DAY = Duration.ofDays(1);

	/** Older measurements are ignored. */
	private static final Duration RECENT = Duration.ofDays(28);

	/** Growth that lasts this long is taken as lasting, not as a single file. */
	private static final Duration LATEST = Duration.ofDays(4);

	/** Limits the pairs of points, of which there are the square. */
	private static final int TREND_POINTS = 60;

	/** A change further from the median than this many median deviations is unusual. */
	private static final double UNUSUAL = 5;

	private final double trend;

	private final double[] deviations;

	private BaselineTrend(double trend, double[] deviations) {
		this.trend = trend;
		this.deviations = deviations;
	}

	static BaselineTrend of(List<ByteSample> measured, Instant now) {
		List<ByteSample> recent = measured.stream()
			.filter((flow) -> !flow.at().isAfter(now) && flow.at().isAfter(now.minus(RECENT)))
			.toList();
		double[] changes = changes(recent);
		double usual = median(changes);
		double[] deviations = new double[changes.length];
		for (int i = 0; i < changes.length; i++) {
			deviations[i] = Math.abs(changes[i] - usual);
		}
		double limit = UNUSUAL * median(deviations);
		boolean tidied = false;
		for (int i = 0; i < changes.length; i++) {
			tidied |= usual - changes[i] > limit;
			deviations[i] = (Math.abs(changes[i] - usual) <= limit) ? changes[i] - usual : 0;
		}
		double trend = slope(recent) * DAY.toHours();
		double latest = median(
				changes(recent.stream().filter((flow) -> flow.at().isAfter(now.minus(LATEST))).toList()));
		if (latest - usual > limit) {
			// Most of the last days grew as none before: the growth may last.
			trend = Math.max(trend, latest);
		}
		// A clean-up distorts every slope across it. Without one the slope is better than
		// the median change, which is 0 for a volume that grows in steps.
		return new BaselineTrend(tidied ? Math.max(usual, trend) : trend, deviations);
	}

	/**
	 * Returns the changes between measurements that are one to two days apart, per day.
	 */
	private static double[] changes(List<ByteSample> measured) {
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

	/**
	 * Returns the median of the slopes between all pairs of points (Theil-Sen), in bytes
	 * an hour.
	 */
	private static double slope(List<ByteSample> measured) {
		int step = Math.max(1, (measured.size() + TREND_POINTS - 1) / TREND_POINTS);
		int points = (measured.size() + step - 1) / step;
		double[] hours = new double[points];
		double[] bytes = new double[points];
		for (int i = 0; i < points; i++) {
			ByteSample point = measured.get(i * step);
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

	/** Returns the bytes added on a usual day; negative when the baseline shrinks. */
	double trend() {
		return this.trend;
	}

	/**
	 * Returns the deviation of each day from the usual change, in bytes; 0 for unusual
	 * days.
	 */
	double[] deviations() {
		return this.deviations;
	}

}
