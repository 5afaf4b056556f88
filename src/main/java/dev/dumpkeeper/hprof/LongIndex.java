package dev.dumpkeeper.hprof;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Numbers identifiers in order of first use, up to a limit. Identifiers come from
 * untrusted files, so positions in the table depend on a random number that no file can
 * predict.
 */
final class LongIndex {

	/** Returned for an identifier that has no number. */
	static final int NONE = -1;

	private final long multiplier = new SplittableRandom().nextLong() | 1;

	private final int most;

	private long[] keys;

	/** The number plus one; 0 for an empty position. */
	private int[] numbers;

	private int size;

	private int shift;

	/**
	 * Creates an index.
	 * @param capacity the initial capacity, a power of two, at least 2
	 * @param most how many identifiers get a number
	 */
	LongIndex(int capacity, int most) {
		this.most = most;
		this.keys = new long[capacity];
		this.numbers = new int[capacity];
		this.shift = 64 - Integer.numberOfTrailingZeros(capacity);
	}

	/**
	 * Returns the number of an identifier.
	 * @param key the identifier
	 * @return its number, or {@link #NONE}
	 */
	int find(long key) {
		return this.numbers[place(this.keys, this.numbers, this.shift, key)] - 1;
	}

	/**
	 * Returns the number of an identifier, and assigns one if necessary.
	 * @param key the identifier
	 * @return its number from 0, or {@link #NONE} when the limit is reached
	 */
	int add(long key) {
		int place = place(this.keys, this.numbers, this.shift, key);
		if (this.numbers[place] != 0) {
			return this.numbers[place] - 1;
		}
		if (this.size == this.most) {
			return NONE;
		}
		this.keys[place] = key;
		this.numbers[place] = ++this.size;
		if (this.size > this.keys.length / 3 * 2) {
			grow();
		}
		return this.size - 1;
	}

	private void grow() {
		long[] keys = new long[this.keys.length * 2];
		int[] numbers = new int[keys.length];
		int shift = this.shift - 1;
		for (int i = 0; i < this.keys.length; i++) {
			if (this.numbers[i] != 0) {
				int place = place(keys, numbers, shift, this.keys[i]);
				keys[place] = this.keys[i];
				numbers[place] = this.numbers[i];
			}
		}
		this.keys = keys;
		this.numbers = numbers;
		this.shift = shift;
	}

	private int place(long[] keys, int[] numbers, int shift, long key) {
		int place = (int) ((key * this.multiplier) >>> shift);
		while (numbers[place] != 0 && keys[place] != key) {
			place = (place + 1) & (keys.length - 1);
		}
		return place;
	}

	int size() {
		return this.size;
	}

	/** Removes all identifiers, and keeps the capacity. */
	void clear() {
		Arrays.fill(this.numbers, 0);
		this.size = 0;
	}

}
