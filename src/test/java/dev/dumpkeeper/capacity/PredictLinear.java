package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

import dev.dumpkeeper.capacity.forecast.ByteSample;

/**
 * What {@code predict_linear(used[6h], ...)} of Prometheus would say: a line by least
 * squares through the samples of the last six hours.
 */
final class PredictLinear {

	static final Duration WINDOW = Duration.ofHours(6);

	/** Passes six hours apart begin some seconds early or late. */
	private static final Duration LATE = Duration.ofMinutes(10);

	private PredictLinear() {
	}

	/**
	 * Predicts.
	 * @param samples what was measured, the oldest first
	 * @param now the instant of the prediction; later samples do not count
	 * @param ahead how far
	 * @return bytes, possibly less than 0; empty with less than two samples in the window
	 */
	static OptionalDouble of(List<ByteSample> samples, Instant now, Duration ahead) {
		Instant from = now.minus(WINDOW).minus(LATE);
		double count = 0;
		double sumX = 0;
		double sumY = 0;
		double sumXx = 0;
		double sumXy = 0;
		for (int i = samples.size() - 1; i >= 0 && !samples.get(i).at().isBefore(from); i--) {
			ByteSample sample = samples.get(i);
			if (sample.at().isAfter(now)) {
				continue;
			}
			double x = Duration.between(now, sample.at()).toSeconds();
			count++;
			sumX += x;
			sumY += sample.bytes();
			sumXx += x * x;
			sumXy += x * sample.bytes();
		}
		double spread = sumXx - sumX * sumX / Math.max(1, count);
		if (count < 2 || spread <= 0) {
			return OptionalDouble.empty();
		}
		double slope = (sumXy - sumX * sumY / count) / spread;
		return OptionalDouble.of(sumY / count + slope * (ahead.toSeconds() - sumX / count));
	}

}
