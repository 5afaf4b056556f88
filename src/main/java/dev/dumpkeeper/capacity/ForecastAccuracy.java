package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.dumpkeeper.capacity.CapacityReading.Outlook;
import dev.dumpkeeper.capacity.forecast.PassInterval;
import dev.dumpkeeper.usage.DirectoryUsage;

/**
 * The accuracy of recorded forecasts: forecast peaks compared with the peaks that later
 * passes measured.
 *
 * @param volumes the number of volumes compared, 1 or more
 * @param forecasts the number of forecasts compared, 1 or more
 * @param meanError the mean distance between P50 and the measured peak, as a share of the
 * volume's capacity
 * @param p90Held the share of forecasts whose P90 was not exceeded, 0 to 1
 */
public record ForecastAccuracy(int volumes, int forecasts, double meanError, double p90Held) {

	/**
	 * Compares a recorded forecast with the measurements within its horizon.
	 * @param reading the recorded result of a check
	 * @param measured the measurements of the volume, oldest first
	 * @param horizon how far the forecast looked ahead
	 * @return empty without a forecast, or when the measurements do not cover the horizon
	 */
	static Optional<Comparison> compare(CapacityReading reading, List<DirectoryUsage> measured, Duration horizon) {
		Outlook outlook = reading.outlook();
		Long capacity = reading.capacity().capacityBytes();
		if (outlook == null || capacity == null) {
			return Optional.empty();
		}
		Instant from = reading.readAt();
		Instant to = from.plus(horizon);
		Duration longest = PassInterval.of(measured.stream().map(DirectoryUsage::measuredAt).toList())
			.multipliedBy(3)
			.dividedBy(2);
		Instant last = from;
		long peak = reading.capacity().listedBytes();
		for (DirectoryUsage found : measured) {
			if (!found.measuredAt().isAfter(from) || found.measuredAt().isAfter(to)) {
				continue;
			}
			if (Duration.between(last, found.measuredAt()).compareTo(longest) > 0) {
				return Optional.empty();
			}
			last = found.measuredAt();
			peak = Math.max(peak, found.objectBytes());
		}
		if (last.equals(from) || Duration.between(last, to).compareTo(longest) > 0) {
			return Optional.empty();
		}
		// The forecast starts from the quota's count, which includes blocks and
		// directories.
		peak += reading.capacity().usedBytes() - reading.capacity().listedBytes();
		return Optional
			.of(new Comparison(Math.abs(peak - outlook.p50Bytes()) / (double) capacity, peak <= outlook.p90Bytes()));
	}

	/**
	 * Sums up the comparisons of some volumes.
	 * @param byVolume a list for each volume
	 * @return empty without a comparison
	 */
	static Optional<ForecastAccuracy> of(List<List<Comparison>> byVolume) {
		List<Comparison> all = byVolume.stream().flatMap(List::stream).toList();
		if (all.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new ForecastAccuracy((int) byVolume.stream().filter((of) -> !of.isEmpty()).count(),
				all.size(), all.stream().mapToDouble(Comparison::error).sum() / all.size(),
				all.stream().filter(Comparison::p90Held).count() / (double) all.size()));
	}

	/**
	 * The comparison of one forecast.
	 *
	 * @param error the distance between P50 and the measured peak, as a share of the
	 * capacity
	 * @param p90Held whether P90 was not exceeded
	 */
	record Comparison(double error, boolean p90Held) {

	}

}
