package dev.dumpkeeper.capacity.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Forecasts the use of a volume by simulation. Present dumps are deleted by the first
 * pass after their retention. Arrivals are drawn in blocks from the volume's own history,
 * at the same hours of the day and, in a volume with a weekly rhythm, of the same
 * weekday. An ongoing burst lasts as long as earlier bursts did, or as long again as it
 * has lasted. With a short history a day may exceed all known days. Everything but dumps
 * follows a robust trend. The same facts always produce the same forecast.
 */
public final class Forecaster {

	private static final int PATHS = 400;

	private static final int BLOCK_HOURS = 6;

	private static final int HOURS_OF_A_DAY = 24;

	/** A course continues with another day after this many blocks on average. */
	private static final int BLOCKS_TOGETHER = 4;

	/** Below this many known days the history is short. */
	private static final int FEW_DAYS = 3;

	/** From this many known days on, no day is expected to exceed all known ones. */
	private static final int SOME_WEEKS = 14;

	/** With a short history the baseline grows up to this many times its trend. */
	private static final double WIDEN = 2;

	/** A new busiest day has at most this many times the bytes of the busiest known. */
	private static final double MUCH_WORSE = 4;

	/** A spread cannot be estimated from fewer samples. */
	private static final double FEWEST_SAMPLES = 2;

	/** (z² + 1) / 4 for the normal distribution's 90th percentile, z = 1.2816. */
	private static final double STUDENT = 0.66;

	private static final long SEED = 20_261_125;

	/**
	 * Makes a forecast.
	 * @param facts the data of the volume
	 * @param horizon how far to forecast, at least one hour
	 * @return P50 and P90 for each hour, before the pass that may run at its end
	 */
	public Forecast forecast(Facts facts, Duration horizon) {
		return forecast(facts, horizon, facts.keepFor());
	}

	/**
	 * Makes a forecast under another retention than the one the history was made under.
	 * @param facts the data of the volume; its expiries are those of the other retention
	 * @param horizon how far to look ahead, in whole hours
	 * @param keepFor how long a dump that arrives from now on is kept
	 * @return the forecast
	 */
	public Forecast forecast(Facts facts, Duration horizon, Duration keepFor) {
		int hours = (int) Math.max(1, horizon.toHours());
		PassSchedule passes = new PassSchedule(facts.now(), facts.passInterval());
		double[] known = knownDeletions(facts, passes, hours);
		ArrivalHistory history = ArrivalHistory.of(facts);
		BaselineTrend baseline = BaselineTrend.of(facts.baseline(), facts.now());
		boolean shortHistory = history.knownHours() < FEW_DAYS * HOURS_OF_A_DAY;
		ArrivalSampler sampler = new ArrivalSampler(history, hours);
		int[] deletedAt = new int[hours];
		Arrays.setAll(deletedAt, (hour) -> passes.hourOfDeletion(hour, keepFor));
		KeepNewestSimulation keepNewest = new KeepNewestSimulation(facts.newest(), history, passes, deletedAt);
		SplittableRandom random = new SplittableRandom(SEED);
		double[][] byHour = new double[hours][PATHS];
		double[] arrivals = new double[hours];
		double[] deleted = new double[hours];
		for (int path = 0; path < PATHS; path++) {
			sampler.sample(arrivals, random);
			System.arraycopy(known, 0, deleted, 0, hours);
			keepNewest.correct(sampler.drawnFrom, deleted);
			// A trend of few points may be anything between zero and twice its value.
			double trend = baseline.trend() * (shortHistory ? random.nextDouble() * WIDEN : 1);
			double slope = trend / HOURS_OF_A_DAY;
			double level = facts.usedBytes();
			for (int hour = 0; hour < hours; hour++) {
				if (hour % HOURS_OF_A_DAY == 0 && baseline.deviations().length > 0) {
					slope = (trend + baseline.deviations()[random.nextInt(baseline.deviations().length)])
							/ HOURS_OF_A_DAY;
				}
				if (deletedAt[hour] < hours) {
					deleted[deletedAt[hour]] += arrivals[hour];
				}
				level += arrivals[hour] + slope - deleted[hour];
				byHour[hour][path] = Math.max(0, level);
			}
		}
		List<Long> p50 = new ArrayList<>(hours);
		List<Long> p90 = new ArrayList<>(hours);
		for (int hour = 0; hour < hours; hour++) {
			double[] values = byHour[hour];
			Arrays.sort(values);
			double median = values[PATHS / 2];
			double above = values[PATHS * 9 / 10] - median;
			p50.add(Math.round(median));
			p90.add(Math.round(median + widening(sampler.samples(hour, keepFor)) * above));
		}
		return new Forecast(facts.now(), p50, p90, shortHistory);
	}

	/**
	 * The factor by which the distance of P90 from the median is widened because few
	 * samples were drawn from. The variance of n samples is too small by (n - 1) / n and
	 * lacks the error of their mean, 1 / n. Since the variance is an estimate too,
	 * Student's quantile applies instead of the normal one; this is the first term of
	 * their difference. The factor approaches 1 as the history grows.
	 */
	private static double widening(double samples) {
		double n = Math.max(FEWEST_SAMPLES, samples);
		return Math.sqrt((n + 1) / (n - 1)) * (1 + STUDENT / (n - 1));
	}

	/** Returns the bytes of present dumps that are deleted in each hour. */
	private static double[] knownDeletions(Facts facts, PassSchedule passes, int hours) {
		double[] known = new double[hours];
		for (ByteSample expiry : facts.expiries()) {
			int hour = passes.hourOfDeletion(expiry.at());
			if (hour < hours) {
				known[hour] += expiry.bytes();
			}
		}
		return known;
	}

	private static final class ArrivalSampler {

		private final ArrivalHistory history;

		private final int hours;

		/**
		 * For each hour of the last course, the hour of the history it was drawn from.
		 */
		private final int[] drawnFrom;

		private final int[][] likeDays;

		/** The probability that a day exceeds all known days. */
		private final double newBusiestDay;

		private final double busiestDay;

		private final Burst burst;

		ArrivalSampler(ArrivalHistory history, int hours) {
			this.history = history;
			this.hours = hours;
			this.drawnFrom = new int[hours];
			this.likeDays = new int[(hours + BLOCK_HOURS - 1) / BLOCK_HOURS][];
			for (int block = 0; block < this.likeDays.length; block++) {
				this.likeDays[block] = history.likeDays(block * BLOCK_HOURS, BLOCK_HOURS);
			}
			// The next day is the busiest of all n + 1 days with probability 1 / (n + 1).
			// A
			// history of weeks has busy days of its own.
			double days = history.knownHours() / (double) HOURS_OF_A_DAY;
			this.newBusiestDay = (days < SOME_WEEKS) ? 1 / (days + 1) : 0;
			// It is 0 before the first dump: any other size would be a guess, and would
			// cause false alerts on small volumes.
			this.busiestDay = history.highestDay();
			this.burst = Burst.of(history);
		}

		/**
		 * Returns the number of past days that the dumps present in a future hour are
		 * drawn from. With a weekly rhythm each future day has past days of its own;
		 * otherwise all future days are drawn from the same past days and share their
		 * error.
		 * @param hour the future hour
		 * @param keepFor how long a dump is kept
		 */
		double samples(int hour, Duration keepFor) {
			int first = (int) Math.max(0, hour - Math.max(0, keepFor.toHours()));
			int days = Integer.MAX_VALUE;
			for (int block = first / BLOCK_HOURS; block <= hour / BLOCK_HOURS; block++) {
				days = Math.min(days, this.likeDays[block].length);
			}
			double shared = (hour + 1.0 - first) / HOURS_OF_A_DAY;
			return this.history.isWeekly() ? days : days / Math.max(1, shared);
		}

		/** Draws the arrivals of one course, in bytes for each hour. */
		void sample(double[] drawn, SplittableRandom random) {
			Arrays.fill(drawn, 0);
			Arrays.fill(this.drawnFrom, -1);
			int index = -1;
			for (int block = 0; block < this.likeDays.length; block++) {
				int from = block * BLOCK_HOURS;
				if (index < 0 || random.nextInt(BLOCKS_TOGETHER) == 0 || !this.history.isKnown(index, BLOCK_HOURS)) {
					int[] like = this.likeDays[block];
					index = (like.length > 0) ? this.history.index(from, like[random.nextInt(like.length)]) : -1;
				}
				if (index < 0) {
					continue;
				}
				for (int i = 0; i < BLOCK_HOURS && from + i < this.hours; i++) {
					drawn[from + i] = this.history.arrivals(index + i);
					this.drawnFrom[from + i] = index + i;
				}
				index += BLOCK_HOURS;
			}
			this.burst.extendInto(drawn, random);
			raiseDays(drawn, random);
		}

		private void raiseDays(double[] drawn, SplittableRandom random) {
			for (int from = 0; from < this.hours; from += HOURS_OF_A_DAY) {
				if (random.nextDouble() >= this.newBusiestDay) {
					continue;
				}
				double bytes = this.busiestDay * Math.min(MUCH_WORSE, 1 / Math.sqrt(1 - random.nextDouble()));
				int to = Math.min(this.hours, from + HOURS_OF_A_DAY);
				double sum = 0;
				for (int hour = from; hour < to; hour++) {
					sum += drawn[hour];
				}
				double more = Math.max(0, bytes - sum) / HOURS_OF_A_DAY;
				for (int hour = from; hour < to; hour++) {
					drawn[hour] += more;
				}
			}
		}

	}

	/**
	 * An ongoing burst: more bytes arrive than usual.
	 *
	 * @param hours how long it has lasted, 0 for no burst
	 * @param bytes the bytes that arrive in each hour
	 * @param continuations for how many more hours earlier bursts lasted that had lasted
	 * as long before
	 */
	private record Burst(int hours, double bytes, List<Integer> continuations) {

		private static final Burst NONE = new Burst(0, 0, List.of());

		/** The number of hours that decide whether a burst is ongoing. */
		private static final int RECENT = 2;

		/** A burst exceeds the usual rate by this factor. */
		private static final double MORE = 3;

		private static final int LONGEST = 72;

		static Burst of(ArrivalHistory history) {
			int end = history.hours();
			double usualDay = history.usualDay();
			double limit = Math.max(MORE * usualDay / HOURS_OF_A_DAY, 1.5 * frequentRate(history));
			int hours = 0;
			double bytes = 0;
			while (hours < LONGEST && isBurst(history, end - hours - 1, limit)) {
				bytes += history.arrivals(end - hours - 1);
				hours++;
			}
			// One or two large dumps are no burst; the bytes of a whole usual day are.
			if (bytes <= usualDay) {
				return NONE;
			}
			// It may have begun late in its first hour, which then understates the rate.
			double rate = (hours > 1) ? (bytes - history.arrivals(end - hours)) / (hours - 1) : bytes;
			return new Burst(hours, Math.max(bytes / hours, rate), continuations(history, hours, limit, usualDay));
		}

		/**
		 * Returns the hourly bytes not exceeded at this time of day on four of five days.
		 */
		private static double frequentRate(ArrivalHistory history) {
			int[] days = history.likeDays(-BLOCK_HOURS, BLOCK_HOURS);
			double[] usual = new double[days.length];
			for (int day = 0; day < days.length; day++) {
				for (int i = 0; i < BLOCK_HOURS; i++) {
					usual[day] += history.arrivals(history.index(-BLOCK_HOURS, days[day]) + i) / BLOCK_HOURS;
				}
			}
			Arrays.sort(usual);
			return (usual.length > 0) ? usual[usual.length * 4 / 5] : 0;
		}

		private static boolean isBurst(ArrivalHistory history, int hour, double limit) {
			return history.isKnown(hour - RECENT + 1, RECENT)
					&& history.arrivals(hour) + history.arrivals(hour - 1) > RECENT * limit;
		}

		/** Returns for how many more hours bursts lasted that had begun like this one. */
		private static List<Integer> continuations(ArrivalHistory history, int hours, double limit, double usualDay) {
			List<Integer> continuations = new ArrayList<>();
			int lasted = 0;
			double bytes = 0;
			boolean alike = false;
			for (int hour = 0; hour < history.hours() - hours; hour++) {
				if (isBurst(history, hour, limit)) {
					lasted++;
					bytes += history.arrivals(hour);
					alike |= lasted == hours && bytes > usualDay;
				}
				else {
					// In an unknown hour it may have continued.
					if (alike && history.isKnown(hour, 1)) {
						continuations.add(lasted - hours);
					}
					lasted = 0;
					bytes = 0;
					alike = false;
				}
			}
			return continuations;
		}

		/**
		 * Continues the burst into a course. It lasts as long as one of the earlier
		 * bursts or, with the same probability as each of those, for a time of its own,
		 * which is as long again as it has lasted in half of the cases.
		 */
		void extendInto(double[] drawn, SplittableRandom random) {
			if (this.hours == 0) {
				return;
			}
			int which = random.nextInt(this.continuations.size() + 1);
			double more = (which < this.continuations.size()) ? this.continuations.get(which)
					: this.hours * (1 / (1 - random.nextDouble()) - 1);
			for (int hour = 0; hour < Math.min(drawn.length, Math.round(more)); hour++) {
				drawn[hour] = Math.max(drawn[hour], this.bytes);
			}
		}

	}

	/**
	 * The data of a forecast.
	 *
	 * @param now the instant of the forecast
	 * @param usedBytes the current use of the volume
	 * @param expiries the present dumps, by the earliest instant of their deletion; those
	 * that are never deleted are omitted
	 * @param arrivals dumps that arrived, one by one or as hourly sums dated at the start
	 * of the hour
	 * @param historyFrom the first instant of which arrivals may be known
	 * @param baseline everything but dumps, at each measurement, oldest first; when
	 * empty, all arrivals are taken as known
	 * @param keepFor how long a new dump is kept
	 * @param passInterval the time between two passes
	 * @param newest the dumps that are kept longer as the newest of their workload
	 */
	public record Facts(Instant now, long usedBytes, List<ByteSample> expiries, List<ByteSample> arrivals,
			Instant historyFrom, List<ByteSample> baseline, Duration keepFor, Duration passInterval, Newest newest) {

	}

}
