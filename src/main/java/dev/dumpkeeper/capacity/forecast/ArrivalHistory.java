package dev.dumpkeeper.capacity.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.dumpkeeper.capacity.forecast.Forecaster.Facts;

/**
 * The bytes of dumps that arrived in each hour of a volume's history, and which of those
 * hours are known. An hour is known when a measurement was made before a dump of that
 * hour could have expired; otherwise dumps may have come and gone unseen.
 */
final class ArrivalHistory {

	private static final int HOURS_OF_A_DAY = 24;

	private static final int DAYS_OF_A_WEEK = 7;

	private static final int MOST_HOURS = 60 * HOURS_OF_A_DAY;

	/** Weeks required before weekday patterns are trusted. */
	private static final int WEEKS = 3;

	/** The weekday is used when its squared error is at most this share of the other. */
	private static final double BETTER = 0.9;

	private final Instant now;

	private final double[] arrivals;

	private final boolean[] known;

	private final int knownHours;

	private final boolean weekly;

	private final double[] days;

	private ArrivalHistory(Instant now, double[] arrivals, boolean[] known) {
		this.now = now;
		this.arrivals = arrivals;
		this.known = known;
		int hours = 0;
		for (boolean hour : known) {
			hours += hour ? 1 : 0;
		}
		this.knownHours = hours;
		this.days = days(arrivals, known);
		this.weekly = isWeekly(this.days);
	}

	static ArrivalHistory of(Facts facts) {
		long hours = Math.max(0, Duration.between(facts.historyFrom(), facts.now()).toHours());
		double[] arrivals = new double[(int) Math.min(hours, MOST_HOURS)];
		for (ByteSample arrival : facts.arrivals()) {
			int hour = hourOf(arrival.at(), facts.now(), arrivals.length);
			if (hour >= 0) {
				arrivals[hour] += Math.max(0, arrival.bytes());
			}
		}
		return new ArrivalHistory(facts.now(), arrivals, known(facts, arrivals.length));
	}

	private static int hourOf(Instant at, Instant now, int hours) {
		if (at.isAfter(now)) {
			return -1;
		}
		// Hourly sums are dated at the start of their hour.
		long ago = Math.max(0, Duration.between(at, now).minusMinutes(30).toHours());
		return (ago < hours) ? (int) (hours - 1 - ago) : -1;
	}

	private static boolean[] known(Facts facts, int hours) {
		boolean[] known = new boolean[hours];
		// Without measurements the whole history is taken as known.
		Arrays.fill(known, facts.baseline().isEmpty());
		long stays = Math.max(1, facts.keepFor().toHours());
		for (ByteSample measurement : facts.baseline()) {
			Duration since = Duration.between(measurement.at(), facts.now());
			if (since.isNegative()) {
				continue;
			}
			long last = hours - 1 - since.toHours();
			for (long hour = last; hour > last - stays && hour >= 0; hour--) {
				if (known[(int) hour] && hour < last) {
					break;
				}
				known[(int) hour] = true;
			}
		}
		return known;
	}

	/**
	 * Returns the sum of each day, counted back from now, latest first; NaN where
	 * unknown.
	 */
	private static double[] days(double[] arrivals, boolean[] known) {
		double[] days = new double[arrivals.length / HOURS_OF_A_DAY];
		for (int day = 0; day < days.length; day++) {
			int from = arrivals.length - (day + 1) * HOURS_OF_A_DAY;
			for (int hour = from; hour < from + HOURS_OF_A_DAY; hour++) {
				days[day] += known[hour] ? arrivals[hour] : Double.NaN;
			}
		}
		return days;
	}

	/**
	 * Whether the mean of the other same weekdays predicts a day better than the mean of
	 * all other days. Square roots are compared, so that one burst does not decide.
	 */
	private static boolean isWeekly(double[] days) {
		double sum = 0;
		int count = 0;
		double[] sums = new double[DAYS_OF_A_WEEK];
		int[] counts = new int[DAYS_OF_A_WEEK];
		for (int day = 0; day < days.length; day++) {
			if (!Double.isNaN(days[day])) {
				double value = Math.sqrt(days[day]);
				sum += value;
				count++;
				sums[day % DAYS_OF_A_WEEK] += value;
				counts[day % DAYS_OF_A_WEEK]++;
			}
		}
		if (Arrays.stream(counts).min().orElse(0) < WEEKS) {
			return false;
		}
		double any = 0;
		double same = 0;
		for (int day = 0; day < days.length; day++) {
			if (!Double.isNaN(days[day])) {
				double value = Math.sqrt(days[day]);
				int weekday = day % DAYS_OF_A_WEEK;
				any += Math.pow(value - (sum - value) / (count - 1), 2);
				same += Math.pow(value - (sums[weekday] - value) / (counts[weekday] - 1), 2);
			}
		}
		return same < BETTER * any;
	}

	/**
	 * Finds the past days to draw a block of future hours from: the same hours of the day
	 * and, in a volume with a weekly rhythm, of the same weekday.
	 * @param from the first future hour, 0 for the next one
	 * @param hours the length of the block
	 * @return how many days to go back, for each day whose hours are all known; possibly
	 * empty
	 */
	int[] likeDays(int from, int hours) {
		int[] like = likeDays(from, hours, this.weekly ? DAYS_OF_A_WEEK : 1);
		return (like.length == 0 && this.weekly) ? likeDays(from, hours, 1) : like;
	}

	private int[] likeDays(int from, int hours, int step) {
		List<Integer> like = new ArrayList<>();
		int first = (from + hours + HOURS_OF_A_DAY - 1) / HOURS_OF_A_DAY;
		for (int day = step * ((first + step - 1) / step); index(from, day) >= 0; day += step) {
			if (isKnown(index(from, day), hours)) {
				like.add(day);
			}
		}
		return like.stream().mapToInt(Integer::intValue).toArray();
	}

	/**
	 * Returns the hour of the history that contains an instant, or less than 0 for none.
	 */
	int hourOf(Instant at) {
		return hourOf(at, this.now, this.arrivals.length);
	}

	/**
	 * Returns the hour of the history that lies a number of days before a future hour.
	 */
	int index(int hour, int daysBack) {
		return this.arrivals.length + hour - daysBack * HOURS_OF_A_DAY;
	}

	boolean isKnown(int index, int hours) {
		if (index < 0 || index + hours > this.known.length) {
			return false;
		}
		for (int i = index; i < index + hours; i++) {
			if (!this.known[i]) {
				return false;
			}
		}
		return true;
	}

	double arrivals(int index) {
		return this.arrivals[index];
	}

	int knownHours() {
		return this.knownHours;
	}

	boolean isWeekly() {
		return this.weekly;
	}

	/** Returns the mean bytes that arrived in a known hour. */
	double meanHour() {
		double sum = 0;
		for (int i = 0; i < this.arrivals.length; i++) {
			sum += this.known[i] ? this.arrivals[i] : 0;
		}
		return (this.knownHours > 0) ? sum / this.knownHours : 0;
	}

	/** Returns the bytes of the busiest day; 0 when no hour is known. */
	double highestDay() {
		double highest = Arrays.stream(this.days).filter((day) -> !Double.isNaN(day)).max().orElse(0);
		return Math.max(highest, meanHour() * HOURS_OF_A_DAY);
	}

	/** Returns the bytes of a usual day: a median, which a few bursts do not raise. */
	double usualDay() {
		double[] sorted = Arrays.stream(this.days).filter((day) -> !Double.isNaN(day)).sorted().toArray();
		double median = (sorted.length > 0) ? sorted[sorted.length / 2] : 0;
		return Math.max(median, meanHour() * HOURS_OF_A_DAY / 2);
	}

	int hours() {
		return this.arrivals.length;
	}

}
