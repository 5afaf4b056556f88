package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How much a volume will hold.
 *
 * @param from the instant it was made for
 * @param p50 for each hour from the first one on, what is not exceeded in half of the
 * cases
 * @param p90 the same for nine of ten cases
 * @param shortHistory whether it rests on so little that it was widened
 */
record Forecast(Instant from, List<Long> p50, List<Long> p90, boolean shortHistory) {

	Forecast {
		p50 = List.copyOf(p50);
		p90 = List.copyOf(p90);
	}

	/** When a quantile first reaches so many bytes. */
	Optional<Instant> crossing(List<Long> quantile, double bytes) {
		for (int hour = 0; hour < quantile.size(); hour++) {
			if (quantile.get(hour) >= bytes) {
				return Optional.of(this.from.plus(Duration.ofHours(hour + 1L)));
			}
		}
		return Optional.empty();
	}

	/** The same forecast, no further than this. */
	Forecast until(Duration horizon) {
		int hours = (int) Math.min(this.p50.size(), Math.max(1, horizon.toHours()));
		return new Forecast(this.from, this.p50.subList(0, hours), this.p90.subList(0, hours), this.shortHistory);
	}

	long highest(List<Long> quantile) {
		return quantile.stream().mapToLong(Long::longValue).max().orElse(0);
	}

}
