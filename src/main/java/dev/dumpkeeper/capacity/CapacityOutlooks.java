package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.capacity.forecast.Forecast;
import dev.dumpkeeper.capacity.forecast.Forecaster;
import dev.dumpkeeper.run.InvalidRequestException;

/**
 * Forecasts a volume for the console, as passes do, also under other rules than those in
 * effect. Changes nothing.
 */
public final class CapacityOutlooks {

	/** A longer forecast of hours would say little. */
	private static final Duration LONGEST = Duration.ofDays(30);

	private static final Duration BEYOND = Duration.ofDays(1);

	private final CapacityProperties properties;

	private final FactsReader facts;

	private final Forecaster forecaster = new Forecaster();

	CapacityOutlooks(CapacityProperties properties, FactsReader facts) {
		this.properties = properties;
		this.facts = facts;
	}

	/**
	 * Returns how far to look ahead, so that a retention shows its effect.
	 * @param rules the rules
	 * @return {@code dumpkeeper.capacity.horizon}, or longer up to 30 days
	 */
	public Duration horizon(Rules rules) {
		Duration age = (rules.maxAge() != null) ? rules.maxAge().plus(BEYOND) : Duration.ZERO;
		Duration wanted = (age.compareTo(LONGEST) > 0) ? LONGEST : age;
		return (wanted.compareTo(this.properties.horizon()) > 0) ? wanted : this.properties.horizon();
	}

	/**
	 * Forecasts a volume. Reads its dumps several times.
	 * @param reading its last result with a known capacity
	 * @param now the present
	 * @param horizon how far to look ahead
	 * @param rules the rules to assume
	 * @return what is expected under these rules
	 */
	public Course of(CapacityReading reading, Instant now, Duration horizon, Rules rules) {
		FactsReader reader = (rules.maxAge() != null) ? this.facts.with(rules.maxAge()) : this.facts;
		Forecaster.Facts facts = reader.read(reading.capacity().volume(), reading.capacity().usedBytes(), now);
		Forecast forecast = this.forecaster.forecast(facts, horizon, reader.keepFor());
		Long known = reading.capacity().capacityBytes();
		long capacity = (rules.capacityBytes() != null) ? rules.capacityBytes() : (known != null) ? known : 0;
		double threshold = (rules.threshold() != null) ? rules.threshold() : this.properties.threshold();
		double limit = threshold * capacity;
		return new Course(now, forecast.p50(), forecast.p90(),
				GrowthContributorsFinder.atPasses(facts.expiries(), now, horizon, facts.passInterval()),
				reader.maxAge(), threshold, capacity, (long) limit, forecast.highest(forecast.p50()),
				forecast.highest(forecast.p90()), forecast.crossing(forecast.p50(), limit).orElse(null),
				forecast.crossing(forecast.p90(), limit).orElse(null));
	}

	/**
	 * Rules to assume instead of those in effect, each {@code null} for that in effect.
	 *
	 * @param maxAge how long dumps stay, an hour to a year
	 * @param threshold the share to stay below, 0.1 to 0.94
	 * @param capacityBytes the size of the volume, a mebibyte to an exbibyte
	 */
	public record Rules(@Nullable Duration maxAge, @Nullable Double threshold, @Nullable Long capacityBytes) {

		/** Those in effect. */
		public static final Rules IN_EFFECT = new Rules(null, null, null);

		private static final long LARGEST = 1L << 60;

		private static final long SMALLEST = 1L << 20;

		/**
		 * Checks the rules.
		 * @throws InvalidRequestException outside of the bounds above
		 */
		public Rules {
			if (maxAge != null
					&& (maxAge.compareTo(Duration.ofHours(1)) < 0 || maxAge.compareTo(Duration.ofDays(365)) > 0)) {
				throw new InvalidRequestException("a retention is invalid; expected from 1h to 365d");
			}
			if (threshold != null && !(threshold >= 0.1 && threshold <= 0.94)) {
				throw new InvalidRequestException("a threshold is invalid; expected from 10 % to 94 %");
			}
			if (capacityBytes != null && (capacityBytes < SMALLEST || capacityBytes > LARGEST)) {
				throw new InvalidRequestException("a size is invalid; expected from 1Mi to 1048576Ti");
			}
		}

	}

	/**
	 * What is expected of a volume.
	 *
	 * @param from when its first hour begins
	 * @param p50 for each hour, the bytes that are not exceeded in half of the cases
	 * @param p90 for each hour, the bytes that are not exceeded in nine of ten cases
	 * @param expiries the dumps that passes are expected to delete
	 * @param maxAge how long dumps stay
	 * @param threshold the share to stay below
	 * @param capacityBytes the size of the volume
	 * @param thresholdBytes the same share in bytes
	 * @param p50Bytes the highest P50
	 * @param p90Bytes the highest P90
	 * @param p50CrossesAt when P50 reaches the threshold, {@code null} if it does not
	 * @param p90CrossesAt when P90 reaches the threshold, {@code null} if it does not
	 */
	public record Course(Instant from, List<Long> p50, List<Long> p90, List<GrowthContributors.Expiry> expiries,
			Duration maxAge, double threshold, long capacityBytes, long thresholdBytes, long p50Bytes, long p90Bytes,
			@Nullable Instant p50CrossesAt, @Nullable Instant p90CrossesAt) {

		/**
		 * Returns when the forecast ends.
		 * @return the end of its last hour
		 */
		public Instant to() {
			return this.from.plus(Duration.ofHours(this.p50.size()));
		}

		/**
		 * Returns how much of the dumps that are there now may expire until then.
		 * @return bytes
		 */
		public long expiringBytes() {
			return this.expiries.stream().mapToLong(GrowthContributors.Expiry::bytes).sum();
		}

	}

}
