package dev.dumpkeeper.hprof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Counts big arrays.
 */
final class ArrayTally {

	/** Arrays of this size and more are big. */
	static final long BIG = 1024 * 1024;

	/** The sizes by which big arrays are counted: 1, 10, 100 and 1024 MiB. */
	static final List<Long> STEPS = List.of(BIG, 10 * BIG, 100 * BIG, 1024 * BIG);

	private static final int MOST_KINDS = 1000;

	private final PriorityQueue<Big> biggest = new PriorityQueue<>(Comparator.comparingLong(Big::bytes));

	private final Map<Integer, Steps> steps = new HashMap<>();

	private long smallest;

	/**
	 * Counts an array.
	 * @param kind the number of its class; for primitive elements the negative of their
	 * type
	 * @param length how many elements
	 * @param bytes its size
	 */
	void count(int kind, long length, long bytes) {
		if (bytes > this.smallest) {
			this.biggest.add(new Big(kind, length, bytes));
			if (this.biggest.size() > HeapContents.MOST_ARRAYS) {
				this.biggest.remove();
				this.smallest = this.biggest.element().bytes();
			}
		}
		if (bytes >= BIG && (this.steps.size() < MOST_KINDS || this.steps.containsKey(kind))) {
			this.steps.computeIfAbsent(kind, (key) -> new Steps()).add(bytes);
		}
	}

	/**
	 * Returns the biggest arrays.
	 * @return the biggest first
	 */
	List<Big> biggest() {
		List<Big> sorted = new ArrayList<>(this.biggest);
		sorted.sort(Comparator.comparingLong(Big::bytes).reversed());
		return sorted;
	}

	/**
	 * Returns the kinds with big arrays.
	 * @return as in {@link #count}
	 */
	Set<Integer> kinds() {
		return this.steps.keySet();
	}

	/**
	 * Returns the big arrays of a kind.
	 * @param kind as in {@link #count}
	 * @return how many; all zeros when there is none
	 */
	Steps steps(int kind) {
		return this.steps.getOrDefault(kind, new Steps());
	}

	/**
	 * A big array.
	 *
	 * @param kind as in {@link #count}
	 * @param length how many elements
	 * @param bytes its size
	 */
	record Big(int kind, long length, long bytes) {
	}

	/** How many arrays of a kind exceed each of {@link #STEPS}, and their total size. */
	static final class Steps {

		private final long[] counts = new long[STEPS.size()];

		private final long[] bytes = new long[STEPS.size()];

		private void add(long size) {
			for (int i = 0; i < STEPS.size(); i++) {
				if (size >= STEPS.get(i)) {
					this.counts[i]++;
					this.bytes[i] += size;
				}
			}
		}

		void add(Steps other) {
			for (int i = 0; i < STEPS.size(); i++) {
				this.counts[i] += other.counts[i];
				this.bytes[i] += other.bytes[i];
			}
		}

		long count(int step) {
			return this.counts[step];
		}

		long bytes(int step) {
			return this.bytes[step];
		}

	}

}
