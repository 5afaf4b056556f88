package dev.dumpkeeper.capacity.forecast;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;

import dev.dumpkeeper.capacity.forecast.Newest.Arrivals;

/**
 * Applies {@code keep-newest} to a simulated course: the newest dumps of each workload
 * are kept until newer ones replace them. Not thread-safe.
 */
final class KeepNewestSimulation {

	private final int number;

	/**
	 * For each hour of the history, the index of its first arrivals in the arrays below.
	 */
	private final int[] hours;

	private final int[] workload;

	private final int[] dumps;

	private final double[] bytes;

	/** The hour in which a pass deletes what arrives in an hour when nothing keeps it. */
	private final int[] deletedAt;

	/** The first hour in which a pass can delete what is replaced in an hour. */
	private final int[] deletedAtSoonest;

	/** The hour in which a pass deletes what arrives in an hour and is never replaced. */
	private final int[] deletedAtLatest;

	private final Slots present;

	private final Slots slots;

	KeepNewestSimulation(Newest newest, ArrivalHistory history, PassSchedule passes, int[] deletedAt) {
		this.number = newest.number();
		this.hours = new int[history.hours() + 1];
		int[] hourOf = newest.arrivals().stream().mapToInt((arrivals) -> history.hourOf(arrivals.at())).toArray();
		for (int hour : hourOf) {
			if (hour >= 0) {
				this.hours[hour + 1]++;
			}
		}
		Arrays.parallelPrefix(this.hours, Integer::sum);
		int count = this.hours[history.hours()];
		this.workload = new int[count];
		this.dumps = new int[count];
		this.bytes = new double[count];
		int[] next = this.hours.clone();
		for (int i = 0; i < hourOf.length; i++) {
			if (hourOf[i] >= 0) {
				Arrivals arrivals = newest.arrivals().get(i);
				int index = next[hourOf[i]]++;
				this.workload[index] = arrivals.workload();
				this.dumps[index] = Math.min(this.number, arrivals.dumps());
				this.bytes[index] = arrivals.bytes() / (double) arrivals.dumps();
			}
		}
		this.deletedAt = deletedAt;
		this.deletedAtSoonest = new int[deletedAt.length];
		this.deletedAtLatest = new int[deletedAt.length];
		for (int hour = 0; hour < deletedAt.length; hour++) {
			this.deletedAtSoonest[hour] = passes.hourOfDeletion(hour, Duration.ZERO);
			this.deletedAtLatest[hour] = Math.max(deletedAt[hour], passes.hourOfDeletion(hour, newest.keepFor()));
		}
		int workloads = 1 + IntStream
			.concat(newest.dumps().stream().mapToInt(Newest.Dump::workload),
					newest.arrivals().stream().mapToInt(Arrivals::workload))
			.max()
			.orElse(-1);
		this.present = new Slots(workloads, this.number);
		this.slots = new Slots(workloads, this.number);
		for (Newest.Dump dump : newest.dumps()) {
			// The slots of higher ranks are replaced first; empty ones come before them.
			this.present.set(dump.workload() * this.number + this.number - dump.rank(), dump.bytes(),
					passes.hourOfDeletion(dump.replacedAt()), passes.hourOfDeletion(dump.at()));
		}
	}

	/**
	 * Corrects the deletions of a course in which each dump was taken to be deleted at
	 * the end of its retention.
	 * @param drawnFrom for each hour, the hour of the history it was drawn from, or less
	 * than 0 for none
	 * @param deleted the bytes deleted in each hour; changed in place
	 */
	void correct(int[] drawnFrom, double[] deleted) {
		this.slots.copy(this.present);
		for (int hour = 0; hour < deleted.length; hour++) {
			if (drawnFrom[hour] < 0) {
				continue;
			}
			int end = this.hours[drawnFrom[hour] + 1];
			for (int i = this.hours[drawnFrom[hour]]; i < end; i++) {
				for (int dump = 0; dump < this.dumps[i]; dump++) {
					replace(this.workload[i], hour, this.bytes[i], deleted);
				}
			}
		}
	}

	private void replace(int workload, int hour, double bytes, double[] deleted) {
		Slots slots = this.slots;
		int turn = slots.nextSlot[workload];
		int oldest = workload * this.number + turn;
		slots.nextSlot[workload] = (turn + 1 < this.number) ? turn + 1 : 0;
		if (slots.deletedAt[oldest] >= deleted.length && this.deletedAt[hour] >= deleted.length) {
			// Neither dump is deleted within the course. This is the common case.
			return;
		}
		int last = slots.deletedAtLatest[oldest];
		move(deleted, slots.bytes[oldest], last,
				Math.min(last, Math.max(slots.deletedAt[oldest], this.deletedAtSoonest[hour])));
		slots.set(oldest, bytes, this.deletedAt[hour], this.deletedAtLatest[hour]);
		move(deleted, bytes, this.deletedAt[hour], this.deletedAtLatest[hour]);
	}

	private static void move(double[] deleted, double bytes, int from, int to) {
		if (from < deleted.length) {
			deleted[from] -= bytes;
		}
		if (to < deleted.length) {
			deleted[to] += bytes;
		}
	}

	/** The dumps that are kept as the newest, in a ring of slots for each workload. */
	private static final class Slots {

		private final int[] nextSlot;

		private final double[] bytes;

		private final int[] deletedAt;

		private final int[] deletedAtLatest;

		Slots(int workloads, int number) {
			this.nextSlot = new int[workloads];
			this.bytes = new double[workloads * number];
			this.deletedAt = new int[workloads * number];
			this.deletedAtLatest = new int[workloads * number];
		}

		void set(int slot, double bytes, int deletedAt, int deletedAtLatest) {
			this.bytes[slot] = bytes;
			this.deletedAt[slot] = deletedAt;
			this.deletedAtLatest[slot] = deletedAtLatest;
		}

		void copy(Slots other) {
			System.arraycopy(other.nextSlot, 0, this.nextSlot, 0, this.nextSlot.length);
			System.arraycopy(other.bytes, 0, this.bytes, 0, this.bytes.length);
			System.arraycopy(other.deletedAt, 0, this.deletedAt, 0, this.deletedAt.length);
			System.arraycopy(other.deletedAtLatest, 0, this.deletedAtLatest, 0, this.deletedAtLatest.length);
		}

	}

}
