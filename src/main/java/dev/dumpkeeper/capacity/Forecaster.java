package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Simulates what a volume will hold. What is known is not guessed: present dumps go when
 * their retention ends and a pass runs. What is not known, the arrivals, is drawn from
 * the volume's own past in blocks, from the same hour of the day and, where the past
 * shows a weekly rhythm, from the same weekday. A burst that is under way goes on as
 * those before it did, or as long again as it has lasted; a day may be worse than all
 * before with the likelihood that so many days leave. What is no dump follows a robust
 * trend. Pure: the same facts give the same forecast.
 */
final class Forecaster {

	private static final int PATHS = 400;

	private static final int BLOCK_HOURS = 6;

	private static final int HOURS_OF_A_DAY = 24;

	/** Every so many blocks, on the average, a course leaves the day it follows. */
	private static final int BLOCKS_TOGETHER = 4;

	/** With fewer days than this a volume's habits are not known. */
	private static final int FEW_DAYS = 3;

	/** With so many days its worst ones are believed. */
	private static final int SOME_WEEKS = 14;

	/** So much more residue, at most, is thought possible with a short history. */
	private static final double WIDEN = 2;

	/** How much worse than the worst day a worse one may be. */
	private static final double MUCH_WORSE = 4;

	/** Of a single sample nobody can tell how far the next one will be from it. */
	private static final double FEWEST_SAMPLES = 2;

	/** (z² + 1) / 4 for the normal distribution's 90th percentile, z = 1.2816. */
	private static final double STUDENT = 0.66;

	private static final long SEED = 20_261_125;

	/**
	 * Makes a forecast.
	 * @param facts what is known
	 * @param horizon how far
	 * @return a value for each hour, as it is before a pass at its end
	 */
	Forecast forecast(Facts facts, Duration horizon) {
		int hours = (int) Math.max(1, horizon.toHours());
		Passes passes = new Passes(facts.now(), facts.passInterval());
		double[] known = known(facts, passes, hours);
		Past past = Past.of(facts);
		Residue residue = Residue.of(facts.residue(), facts.now());
		boolean shortHistory = past.knownHours() < FEW_DAYS * HOURS_OF_A_DAY;
		Draw draw = new Draw(past, hours);
		int[] goneAt = new int[hours];
		Arrays.setAll(goneAt, (hour) -> passes.taking(hour, facts.keepFor()));
		Succession succession = new Succession(facts.newest(), past, passes, goneAt);
		SplittableRandom random = new SplittableRandom(SEED);
		double[][] byHour = new double[hours][PATHS];
		double[] arrivals = new double[hours];
		double[] gone = new double[hours];
		for (int path = 0; path < PATHS; path++) {
			draw.arrivals(arrivals, random);
			System.arraycopy(known, 0, gone, 0, hours);
			succession.follow(draw.drawnFrom, gone);
			// A trend of few points may be anything from nothing to the double.
			double trend = residue.trend() * (shortHistory ? random.nextDouble() * WIDEN : 1);
			double slope = trend / HOURS_OF_A_DAY;
			double level = facts.usedBytes();
			for (int hour = 0; hour < hours; hour++) {
				if (hour % HOURS_OF_A_DAY == 0 && residue.deviations().length > 0) {
					slope = (trend + residue.deviations()[random.nextInt(residue.deviations().length)])
							/ HOURS_OF_A_DAY;
				}
				if (goneAt[hour] < hours) {
					gone[goneAt[hour]] += arrivals[hour];
				}
				level += arrivals[hour] + slope - gone[hour];
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
			p90.add(Math.round(median + wider(draw.samples(hour, facts.keepFor())) * above));
		}
		return new Forecast(facts.now(), p50, p90, shortHistory);
	}

	/**
	 * How much further above the median P90 is than courses drawn from so few samples
	 * reach. Their variance is short by (n - 1) / n and lacks the error of their own
	 * mean, 1 / n; and that their variance too is only estimated is what sets Student's
	 * quantile apart from the normal one, of which this is the first term. All of it
	 * vanishes as the past grows.
	 */
	private static double wider(double samples) {
		double n = Math.max(FEWEST_SAMPLES, samples);
		return Math.sqrt((n + 1) / (n - 1)) * (1 + STUDENT / (n - 1));
	}

	/** What goes in each hour of what is there. */
	private static double[] known(Facts facts, Passes passes, int hours) {
		double[] known = new double[hours];
		for (Flow expiry : facts.expiries()) {
			int hour = passes.taking(expiry.at());
			if (hour < hours) {
				known[hour] += expiry.bytes();
			}
		}
		return known;
	}

	/** Draws arrivals out of the past. */
	private static final class Draw {

		private final Past past;

		private final int hours;

		/** The hours of the past that the last course was drawn from. */
		private final int[] drawnFrom;

		private final int[][] likeDays;

		private final double newWorst;

		private final double worstDay;

		private final Burst burst;

		Draw(Past past, int hours) {
			this.past = past;
			this.hours = hours;
			this.drawnFrom = new int[hours];
			this.likeDays = new int[(hours + BLOCK_HOURS - 1) / BLOCK_HOURS][];
			for (int block = 0; block < this.likeDays.length; block++) {
				this.likeDays[block] = past.likeDays(block * BLOCK_HOURS, BLOCK_HOURS);
			}
			// Of so many days and one more, each is the worst with the same likelihood. A
			// past of weeks has bad days of its own.
			double days = past.knownHours() / (double) HOURS_OF_A_DAY;
			this.newWorst = (days < SOME_WEEKS) ? 1 / (days + 1) : 0;
			// Where no dump was ever seen, any size would be a guess and an alarm for
			// small
			// volumes.
			this.worstDay = past.highestDay();
			this.burst = Burst.of(past);
		}

		/**
		 * How often the past saw what is drawn for the dumps that will be there then. Of
		 * weekdays each has days of its own; otherwise all days to come are drawn from
		 * the same ones and share their error.
		 * @param hour an hour to come
		 * @param keepFor how long a dump stays
		 */
		double samples(int hour, Duration keepFor) {
			int first = (int) Math.max(0, hour - Math.max(0, keepFor.toHours()));
			int days = Integer.MAX_VALUE;
			for (int block = first / BLOCK_HOURS; block <= hour / BLOCK_HOURS; block++) {
				days = Math.min(days, this.likeDays[block].length);
			}
			double shared = (hour + 1.0 - first) / HOURS_OF_A_DAY;
			return this.past.isWeekly() ? days : days / Math.max(1, shared);
		}

		void arrivals(double[] drawn, SplittableRandom random) {
			Arrays.fill(drawn, 0);
			Arrays.fill(this.drawnFrom, -1);
			int index = -1;
			for (int block = 0; block < this.likeDays.length; block++) {
				int from = block * BLOCK_HOURS;
				if (index < 0 || random.nextInt(BLOCKS_TOGETHER) == 0 || !this.past.isKnown(index, BLOCK_HOURS)) {
					int[] like = this.likeDays[block];
					index = (like.length > 0) ? this.past.index(from, like[random.nextInt(like.length)]) : -1;
				}
				if (index < 0) {
					continue;
				}
				for (int i = 0; i < BLOCK_HOURS && from + i < this.hours; i++) {
					drawn[from + i] = this.past.arrivals(index + i);
					this.drawnFrom[from + i] = index + i;
				}
				index += BLOCK_HOURS;
			}
			this.burst.go(drawn, random);
			worse(drawn, random);
		}

		private void worse(double[] drawn, SplittableRandom random) {
			for (int from = 0; from < this.hours; from += HOURS_OF_A_DAY) {
				if (random.nextDouble() >= this.newWorst) {
					continue;
				}
				double bytes = this.worstDay * Math.min(MUCH_WORSE, 1 / Math.sqrt(1 - random.nextDouble()));
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
	 * More comes now than is usual.
	 *
	 * @param hours for how long already, 0 for not
	 * @param bytes in each hour
	 * @param more for how many hours those went on that had lasted as long before
	 */
	private record Burst(int hours, double bytes, List<Integer> more) {

		private static final Burst NONE = new Burst(0, 0, List.of());

		/** So many hours tell whether it is under way. */
		private static final int RECENT = 2;

		/** So much more than usual is no chance. */
		private static final double MORE = 3;

		private static final int LONGEST = 72;

		static Burst of(Past past) {
			int end = past.hours();
			double usualDay = past.usualDay();
			double limit = Math.max(MORE * usualDay / HOURS_OF_A_DAY, 1.5 * often(past));
			int hours = 0;
			double bytes = 0;
			while (hours < LONGEST && isBurst(past, end - hours - 1, limit)) {
				bytes += past.arrivals(end - hours - 1);
				hours++;
			}
			// A large dump or two are no burst; what comes on a whole day is.
			if (bytes <= usualDay) {
				return NONE;
			}
			// It began within the first of its hours.
			double rate = (hours > 1) ? (bytes - past.arrivals(end - hours)) / (hours - 1) : bytes;
			return new Burst(hours, Math.max(bytes / hours, rate), more(past, hours, limit, usualDay));
		}

		/** What came in the last hours on four of five such days. */
		private static double often(Past past) {
			int[] days = past.likeDays(-BLOCK_HOURS, BLOCK_HOURS);
			double[] usual = new double[days.length];
			for (int day = 0; day < days.length; day++) {
				for (int i = 0; i < BLOCK_HOURS; i++) {
					usual[day] += past.arrivals(past.index(-BLOCK_HOURS, days[day]) + i) / BLOCK_HOURS;
				}
			}
			Arrays.sort(usual);
			return (usual.length > 0) ? usual[usual.length * 4 / 5] : 0;
		}

		private static boolean isBurst(Past past, int hour, double limit) {
			return past.isKnown(hour - RECENT + 1, RECENT)
					&& past.arrivals(hour) + past.arrivals(hour - 1) > RECENT * limit;
		}

		/** For how many hours bursts went on that had begun like this one. */
		private static List<Integer> more(Past past, int hours, double limit, double usualDay) {
			List<Integer> more = new ArrayList<>();
			int lasted = 0;
			double bytes = 0;
			boolean alike = false;
			for (int hour = 0; hour < past.hours() - hours; hour++) {
				if (isBurst(past, hour, limit)) {
					lasted++;
					bytes += past.arrivals(hour);
					alike |= lasted == hours && bytes > usualDay;
				}
				else {
					// Where nobody looked it may have gone on.
					if (alike && past.isKnown(hour, 1)) {
						more.add(lasted - hours);
					}
					lasted = 0;
					bytes = 0;
					alike = false;
				}
			}
			return more;
		}

		/**
		 * It goes on like one of those before it or, as likely as each of them, like none
		 * of them: then what has lasted for some time lasts as long again in every second
		 * case.
		 */
		void go(double[] drawn, SplittableRandom random) {
			if (this.hours == 0) {
				return;
			}
			int which = random.nextInt(this.more.size() + 1);
			double more = (which < this.more.size()) ? this.more.get(which)
					: this.hours * (1 / (1 - random.nextDouble()) - 1);
			for (int hour = 0; hour < Math.min(drawn.length, Math.round(more)); hour++) {
				drawn[hour] = Math.max(drawn[hour], this.bytes);
			}
		}

	}

	/**
	 * What is known of a volume.
	 *
	 * @param now the instant of the forecast
	 * @param usedBytes what it holds now
	 * @param expiries when present dumps may go; those that stay are not in it
	 * @param arrivals dumps that came, singly or by the hour, then at its beginning
	 * @param historyFrom since when arrivals may be known
	 * @param residue what was no dump, by time: each is a measurement; without any, all
	 * arrivals are known
	 * @param keepFor how long a new dump stays
	 * @param passInterval from one pass to the next
	 * @param newest dumps that stay longer until newer ones come
	 */
	record Facts(Instant now, long usedBytes, List<Flow> expiries, List<Flow> arrivals, Instant historyFrom,
			List<Flow> residue, Duration keepFor, Duration passInterval, Newest newest) {

	}

}
