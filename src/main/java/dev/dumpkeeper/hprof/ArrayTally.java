package dev.dumpkeeper.hprof;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Which arrays are big.
 */
final class ArrayTally {

	/** From this size on arrays are counted as big ones. */
	static final long BIG = 1024 * 1024;

	/** What big ones are counted by: 1, 10, 100 and 1024 MiB. */
	static final List<Long> STEPS = List.of(BIG, 10 * BIG, 100 * BIG, 1024 * BIG);

	private static final int MOST_KINDS = 1000;

	private final PriorityQueue<Big> biggest = new PriorityQueue<>(Comparator.comparingLong(Big::bytes));

	private final Map<Integer, Steps> steps = new HashMap<>();

	private long smallest;

	/**
	 * Counts an array.
	 * @param kind the number of its class; for elements that are no objects the negative
	 * of their type
	 * @param length how many elements
	 * @param bytes what it takes
	 */
	void count(int kind, long length, long bytes) {
		if (bytes > this.smallest) {
			this.biggest.add(new Big(kind, length, bytes));
			if (this.biggest.size() > HeapLook.MOST_ARRAYS) {
				this.biggest.remove();
				this.smallest = this.biggest.element().bytes();
			}
		}
		if (bytes >= BIG && (this.steps.size() < MOST_KINDS || this.steps.containsKey(kind))) {
			this.steps.computeIfAbsent(kind, (key) -> new Steps()).add(bytes);
		}
	}

	/**
	 * Writes down what was counted.
	 * @param out gets it
	 * @throws IOException when that fails
	 */
	void write(DataOutput out) throws IOException {
		out.writeInt(this.biggest.size());
		// In the order of the queue, which decides which one of equals goes first.
		for (Big big : this.biggest) {
			out.writeInt(big.kind());
			out.writeLong(big.length());
			out.writeLong(big.bytes());
		}
		out.writeLong(this.smallest);
		out.writeInt(this.steps.size());
		for (Map.Entry<Integer, Steps> entry : this.steps.entrySet()) {
			out.writeInt(entry.getKey());
			for (int i = 0; i < STEPS.size(); i++) {
				out.writeLong(entry.getValue().counts[i]);
				out.writeLong(entry.getValue().bytes[i]);
			}
		}
	}

	/**
	 * Begins with what was written down.
	 * @param in holds it
	 * @param classes how many there are
	 * @throws IOException when it does not
	 */
	void read(DataInput in, int classes) throws IOException {
		for (int left = Checkpoint.within(in.readInt(), 0, HeapLook.MOST_ARRAYS); left > 0; left--) {
			this.biggest.add(new Big(kind(in, classes), in.readLong(), in.readLong()));
		}
		this.smallest = in.readLong();
		for (int left = Checkpoint.within(in.readInt(), 0, MOST_KINDS); left > 0; left--) {
			Steps steps = this.steps.computeIfAbsent(kind(in, classes), (key) -> new Steps());
			for (int i = 0; i < STEPS.size(); i++) {
				steps.counts[i] = in.readLong();
				steps.bytes[i] = in.readLong();
			}
		}
	}

	private static int kind(DataInput in, int classes) throws IOException {
		return Checkpoint.within(in.readInt(), -ClassNames.PRIMITIVES.size(), classes - 1);
	}

	/**
	 * The biggest.
	 * @return the biggest first
	 */
	List<Big> biggest() {
		List<Big> sorted = new ArrayList<>(this.biggest);
		sorted.sort(Comparator.comparingLong(Big::bytes).reversed());
		return sorted;
	}

	/**
	 * The kinds of which there are big ones.
	 * @return as in {@link #count}
	 */
	Set<Integer> kinds() {
		return this.steps.keySet();
	}

	/**
	 * The big ones of a kind.
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
	 * @param bytes what it takes
	 */
	record Big(int kind, long length, long bytes) {
	}

	/** How many arrays of a kind exceed each of {@link #STEPS}, and what these take. */
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
