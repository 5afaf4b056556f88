package dev.dumpkeeper.capacity.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The expected use of a volume, hour by hour.
 *
 * @param from the instant at which the first hour starts
 * @param p50 for each hour, the bytes that are not exceeded in half of the cases
 * @param p90 for each hour, the bytes that are not exceeded in nine of ten cases
 * @param shortHistory whether it is based on little history and was widened for that
 */
public record Forecast(Instant from, List<Long> p50, List<Long> p90, boolean shortHistory) {

	/**
	 * Creates a forecast from copies of the lists.
	 */
	public Forecast {
		p50 = List.copyOf(p50);
		p90 = List.copyOf(p90);
	}

	/**
	 * Finds when a quantile first reaches a number of bytes.
	 * @param quantile {@link #p50} or {@link #p90}
	 * @param bytes the number of bytes
	 * @return the end of that hour, or empty when the quantile stays below
	 */
	public Optional<Instant> crossing(List<Long> quantile, double bytes) {
		for (int hour = 0; hour < quantile.size(); hour++) {
			if (quantile.get(hour) >= bytes) {
				return Optional.of(this.from.plus(Duration.ofHours(hour + 1L)));
			}
		}
		return Optional.empty();
	}

	/**
	 * Truncates the forecast.
	 * @param horizon where it ends, in whole hours; less than one hour counts as one
	 * @return the forecast until then, or all of it when it is shorter
	 */
	public Forecast until(Duration horizon) {
		int hours = (int) Math.min(this.p50.size(), Math.max(1, horizon.toHours()));
		return new Forecast(this.from, this.p50.subList(0, hours), this.p90.subList(0, hours), this.shortHistory);
	}

	/**
	 * Returns the highest value of a quantile.
	 * @param quantile {@link #p50} or {@link #p90}
	 * @return bytes
	 */
	public long highest(List<Long> quantile) {
		return quantile.stream().mapToLong(Long::longValue).max().orElse(0);
	}

}
