package dev.dumpkeeper.hprof;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Numbers identifiers in the order in which they come, up to a bound. Identifiers come
 * out of files that anybody may have written, so where one lies in the table hangs on a
 * number that no file can know.
 */
final class LongIndex {

	/** What is told of an identifier that has no number. */
	static final int NONE = -1;

	private final long multiplier = new SplittableRandom().nextLong() | 1;

	private final int most;

	private long[] keys;

	/** The number plus one; 0 where nothing is. */
	private int[] numbers;

	private int size;

	private int shift;

	/**
	 * Begins.
	 * @param capacity for so many there is room at once, a power of two, at least 2
	 * @param most how many identifiers get a number
	 */
	LongIndex(int capacity, int most) {
		this.most = most;
		this.keys = new long[capacity];
		this.numbers = new int[capacity];
		this.shift = 64 - Integer.numberOfTrailingZeros(capacity);
	}

	/**
	 * The number of an identifier.
	 * @param key the identifier
	 * @return its number, or {@link #NONE}
	 */
	int find(long key) {
		return this.numbers[place(this.keys, this.numbers, this.shift, key)] - 1;
	}

	/**
	 * The number of an identifier, a new one for one that has none yet.
	 * @param key the identifier
	 * @return its number from 0 on, or {@link #NONE} when the bound is reached
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

	/** Forgets all of them, and keeps the room. */
	void clear() {
		Arrays.fill(this.numbers, 0);
		this.size = 0;
	}

}
