package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;

import dev.dumpkeeper.capacity.Newest.Arrivals;

/**
 * Lets the newest dumps of each workload stay in a course until newer ones take their
 * places. Not for several threads.
 */
final class Succession {

	private final int number;

	/** Where in the arrays below what came in each hour of the past begins. */
	private final int[] hours;

	private final int[] workload;

	private final int[] dumps;

	private final double[] bytes;

	/** When a pass takes what comes in an hour, or is replaced in it, or is not. */
	private final int[] goneAt;

	private final int[] goneSoonest;

	private final int[] goneLast;

	private final Places present;

	private final Places places;

	Succession(Newest newest, Past past, Passes passes, int[] goneAt) {
		this.number = newest.number();
		this.hours = new int[past.hours() + 1];
		int[] hourOf = newest.arrivals().stream().mapToInt((came) -> past.hourOf(came.at())).toArray();
		for (int hour : hourOf) {
			if (hour >= 0) {
				this.hours[hour + 1]++;
			}
		}
		Arrays.parallelPrefix(this.hours, Integer::sum);
		int count = this.hours[past.hours()];
		this.workload = new int[count];
		this.dumps = new int[count];
		this.bytes = new double[count];
		int[] next = this.hours.clone();
		for (int i = 0; i < hourOf.length; i++) {
			if (hourOf[i] >= 0) {
				Arrivals came = newest.arrivals().get(i);
				int place = next[hourOf[i]]++;
				this.workload[place] = came.workload();
				this.dumps[place] = Math.min(this.number, came.dumps());
				this.bytes[place] = came.bytes() / (double) came.dumps();
			}
		}
		this.goneAt = goneAt;
		this.goneSoonest = new int[goneAt.length];
		this.goneLast = new int[goneAt.length];
		for (int hour = 0; hour < goneAt.length; hour++) {
			this.goneSoonest[hour] = passes.taking(hour, Duration.ZERO);
			this.goneLast[hour] = Math.max(goneAt[hour], passes.taking(hour, newest.keepFor()));
		}
		int workloads = 1 + IntStream
			.concat(newest.dumps().stream().mapToInt(Newest.Dump::workload),
					newest.arrivals().stream().mapToInt(Arrivals::workload))
			.max()
			.orElse(-1);
		this.present = new Places(workloads, this.number);
		this.places = new Places(workloads, this.number);
		for (Newest.Dump dump : newest.dumps()) {
			// Places that nobody holds are the first to be taken.
			this.present.set(dump.workload() * this.number + this.number - dump.rank(), dump.bytes(),
					passes.taking(dump.replacedAt()), passes.taking(dump.at()));
		}
	}

	/**
	 * Corrects what goes in a course, in which everything that comes goes when its
	 * retention ends, and nothing is replaced.
	 * @param drawnFrom the hour of the past that each hour was drawn from, less than 0
	 * for none
	 * @param gone what goes in each hour
	 */
	void follow(int[] drawnFrom, double[] gone) {
		this.places.copy(this.present);
		for (int hour = 0; hour < gone.length; hour++) {
			if (drawnFrom[hour] < 0) {
				continue;
			}
			int end = this.hours[drawnFrom[hour] + 1];
			for (int i = this.hours[drawnFrom[hour]]; i < end; i++) {
				for (int dump = 0; dump < this.dumps[i]; dump++) {
					replace(this.workload[i], hour, this.bytes[i], gone);
				}
			}
		}
	}

	private void replace(int workload, int hour, double bytes, double[] gone) {
		Places places = this.places;
		int turn = places.turns[workload];
		int oldest = workload * this.number + turn;
		places.turns[workload] = (turn + 1 < this.number) ? turn + 1 : 0;
		if (places.goneAt[oldest] >= gone.length && this.goneAt[hour] >= gone.length) {
			// Neither goes within the course, and most are like this.
			return;
		}
		int last = places.goneLast[oldest];
		move(gone, places.bytes[oldest], last, Math.min(last, Math.max(places.goneAt[oldest], this.goneSoonest[hour])));
		places.set(oldest, bytes, this.goneAt[hour], this.goneLast[hour]);
		move(gone, bytes, this.goneAt[hour], this.goneLast[hour]);
	}

	private static void move(double[] gone, double bytes, int from, int to) {
		if (from < gone.length) {
			gone[from] -= bytes;
		}
		if (to < gone.length) {
			gone[to] += bytes;
		}
	}

	/** The dumps that stay because they are new: those of a workload take turns. */
	private static final class Places {

		private final int[] turns;

		private final double[] bytes;

		private final int[] goneAt;

		private final int[] goneLast;

		Places(int workloads, int number) {
			this.turns = new int[workloads];
			this.bytes = new double[workloads * number];
			this.goneAt = new int[workloads * number];
			this.goneLast = new int[workloads * number];
		}

		void set(int place, double bytes, int goneAt, int goneLast) {
			this.bytes[place] = bytes;
			this.goneAt[place] = goneAt;
			this.goneLast[place] = goneLast;
		}

		void copy(Places other) {
			System.arraycopy(other.turns, 0, this.turns, 0, this.turns.length);
			System.arraycopy(other.bytes, 0, this.bytes, 0, this.bytes.length);
			System.arraycopy(other.goneAt, 0, this.goneAt, 0, this.goneAt.length);
			System.arraycopy(other.goneLast, 0, this.goneLast, 0, this.goneLast.length);
		}

	}

}
