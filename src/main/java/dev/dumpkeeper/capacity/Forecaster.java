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
 * the volume's own past in blocks of some hours, which keeps bursts and the rhythm of the
 * day; what is no dump follows a robust trend. Pure: the same facts give the same
 * forecast.
 */
final class Forecaster {

	private static final int PATHS = 400;

	private static final int BLOCK_HOURS = 6;

	private static final int HOURS_OF_A_DAY = 24;

	/** With fewer days than this a volume's habits are not known. */
	private static final int FEW_DAYS = 3;

	/** So many more arrivals, at most, are thought possible with a short history. */
	private static final double WIDEN = 2;

	/** Points of the trend; more would not change a median, and pairs are its square. */
	private static final int TREND_POINTS = 120;

	private static final long SEED = 20_261_125;

	/**
	 * Makes a forecast.
	 * @param facts what is known
	 * @param horizon how far
	 * @return a value for each hour
	 */
	Forecast forecast(Facts facts, Duration horizon) {
		int hours = (int) Math.max(1, horizon.toHours());
		double[] known = known(facts, hours);
		double[] past = past(facts);
		boolean shortHistory = past.length < FEW_DAYS * HOURS_OF_A_DAY;
		double trend = trend(facts.residue());
		SplittableRandom random = new SplittableRandom(SEED);
		double[][] byHour = new double[hours][PATHS];
		for (int path = 0; path < PATHS; path++) {
			double[] arrivals = draw(past, hours, random);
			double more = shortHistory ? 1 + random.nextDouble() * (WIDEN - 1) : 1;
			// A trend of few points may be anything from nothing to the double.
			double slope = trend * (shortHistory ? random.nextDouble() * WIDEN : 1);
			double level = facts.usedBytes();
			for (int hour = 0; hour < hours; hour++) {
				level += arrivals[hour] * more + slope - known[hour];
				int gone = hour - lifetime(facts);
				if (gone >= 0) {
					level -= arrivals[gone] * more;
				}
				byHour[hour][path] = Math.max(0, level);
			}
		}
		List<Long> p50 = new ArrayList<>(hours);
		List<Long> p90 = new ArrayList<>(hours);
		for (double[] values : byHour) {
			Arrays.sort(values);
			p50.add(Math.round(values[PATHS / 2]));
			p90.add(Math.round(values[PATHS * 9 / 10]));
		}
		return new Forecast(facts.now(), p50, p90, shortHistory);
	}

	/** Hours from an arrival to the pass that takes it away. */
	private static int lifetime(Facts facts) {
		return (int) Math.max(1,
				Math.min(Integer.MAX_VALUE / 2, facts.keepFor().plus(facts.passInterval().dividedBy(2)).toHours()));
	}

	/** What goes in each hour: nothing goes between passes. */
	private static double[] known(Facts facts, int hours) {
		double[] known = new double[hours];
		long interval = Math.max(1, facts.passInterval().toSeconds());
		for (Flow expiry : facts.expiries()) {
			long due = Math.max(0, Duration.between(facts.now(), expiry.at()).toSeconds());
			long pass = Math.max(1, (due + interval - 1) / interval) * interval;
			long hour = pass / 3600;
			if (hour < hours) {
				known[(int) hour] += expiry.bytes();
			}
		}
		return known;
	}

	/** Arrivals by hour, the oldest first, up to now. */
	private static double[] past(Facts facts) {
		long hours = Math.max(0, Duration.between(facts.historyFrom(), facts.now()).toHours());
		double[] past = new double[(int) Math.min(hours, 24L * 60)];
		for (Flow arrival : facts.arrivals()) {
			long ago = Duration.between(arrival.at(), facts.now()).toHours();
			if (!arrival.at().isAfter(facts.now()) && ago < past.length) {
				past[(int) (past.length - 1 - ago)] += arrival.bytes();
			}
		}
		return past;
	}

	private static double[] draw(double[] past, int hours, SplittableRandom random) {
		double[] drawn = new double[hours];
		if (past.length == 0) {
			return drawn;
		}
		int days = past.length / HOURS_OF_A_DAY;
		for (int start = 0; start < hours; start += BLOCK_HOURS) {
			// Whole days back from the same hour, so that the rhythm of the day stays.
			int from = (days > 0) ? past.length - (1 + random.nextInt(days)) * HOURS_OF_A_DAY + start % HOURS_OF_A_DAY
					: random.nextInt(past.length);
			for (int i = 0; i < BLOCK_HOURS && start + i < hours; i++) {
				drawn[start + i] = past[Math.floorMod(from + i, past.length)];
			}
		}
		return drawn;
	}

	/** The median of all slopes, in bytes an hour. */
	private static double trend(List<Flow> residue) {
		int step = Math.max(1, residue.size() / TREND_POINTS);
		List<Double> slopes = new ArrayList<>();
		for (int i = 0; i < residue.size(); i += step) {
			for (int j = i + step; j < residue.size(); j += step) {
				double hours = Duration.between(residue.get(i).at(), residue.get(j).at()).toSeconds() / 3600.0;
				if (hours > 0) {
					slopes.add((residue.get(j).bytes() - residue.get(i).bytes()) / hours);
				}
			}
		}
		if (slopes.isEmpty()) {
			return 0;
		}
		slopes.sort(null);
		return slopes.get(slopes.size() / 2);
	}

	/**
	 * What is known of a volume.
	 *
	 * @param now the instant of the forecast
	 * @param usedBytes what it holds now
	 * @param expiries when present dumps may go; those that stay are not in it
	 * @param arrivals dumps that came
	 * @param historyFrom since when arrivals were watched
	 * @param residue what was no dump, by time
	 * @param keepFor how long a new dump stays
	 * @param passInterval from one pass to the next
	 */
	record Facts(Instant now, long usedBytes, List<Flow> expiries, List<Flow> arrivals, Instant historyFrom,
			List<Flow> residue, Duration keepFor, Duration passInterval) {

	}

}
