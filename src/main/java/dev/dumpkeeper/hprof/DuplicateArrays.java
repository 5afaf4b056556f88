package dev.dumpkeeper.hprof;

import java.util.Arrays;

import dev.dumpkeeper.hprof.HeapContents.Repeated;

/**
 * Estimates how many small arrays have the same bytes as another one. It samples values
 * by their hash, so that either all arrays of a value are counted or none. When the
 * sample becomes too large, half of the values are dropped. Stores hashes, never bytes.
 */
final class DuplicateArrays {

	/** Longer arrays are rarely strings. */
	static final int LONGEST = 1024;

	private static final int MOST = 40_000;

	private static final int SELECTING = 0xFFFFFF;

	private static final int HIGHEST_LEVEL = 24;

	private static final long MIX = 0x9E3779B97F4A7C15L;

	private final LongIndex index = new LongIndex(256, MOST);

	private long[] values = new long[256];

	private int[] counts = new int[256];

	private int[] sizes = new int[256];

	/** One in two to the power of this is sampled. */
	private int level;

	private long mask;

	/**
	 * Counts an array.
	 * @param bytes contain it, followed by at least 8 more bytes
	 * @param at where its first element is
	 * @param length of its elements in bytes, 1 to {@value #LONGEST}
	 * @param size its size on the heap
	 */
	void count(byte[] bytes, int at, int length, int size) {
		long first = word(bytes, at, length);
		long middle = word(bytes, at + length / 2, length - length / 2);
		long last = (length < 8) ? 0 : DumpStream.u8(bytes, at + length - 8);
		if ((first | middle | last) == 0) {
			// An unused buffer.
			return;
		}
		long selecting = mix(mix(mix(first + length) ^ middle) ^ last);
		if ((selecting & this.mask) == 0) {
			watch((hash(bytes, at, length) & ~SELECTING) | (selecting & SELECTING), size);
		}
	}

	/** Returns the first 8 bytes, with zeros for those after their end. */
	private static long word(byte[] bytes, int at, int length) {
		long word = DumpStream.u8(bytes, at);
		return (length >= 8) ? word : word & (-1L << (64 - 8 * length));
	}

	private static long mix(long value) {
		long mixed = value * MIX;
		return mixed ^ (mixed >>> 32);
	}

	private static long hash(byte[] bytes, int at, int length) {
		long hash = length;
		for (int i = 0; i < length; i += 8) {
			hash = mix(hash ^ word(bytes, at + i, length - i));
		}
		return hash;
	}

	private void watch(long value, int size) {
		int number = this.index.add(value);
		while (number == LongIndex.NONE) {
			if (this.level == HIGHEST_LEVEL) {
				return;
			}
			letGo();
			if ((value & this.mask) != 0) {
				return;
			}
			number = this.index.add(value);
		}
		grow(number + 1);
		this.values[number] = value;
		this.counts[number]++;
		this.sizes[number] = size;
	}

	private void grow(int size) {
		while (this.values.length < size) {
			int length = 2 * this.values.length;
			this.values = Arrays.copyOf(this.values, length);
			this.counts = Arrays.copyOf(this.counts, length);
			this.sizes = Arrays.copyOf(this.sizes, length);
		}
	}

	private void letGo() {
		this.level++;
		this.mask = (1L << this.level) - 1;
		int size = this.index.size();
		this.index.clear();
		for (int i = 0; i < size; i++) {
			if ((this.values[i] & this.mask) == 0) {
				int number = this.index.add(this.values[i]);
				this.values[number] = this.values[i];
				this.counts[number] = this.counts[i];
				this.sizes[number] = this.sizes[i];
			}
		}
		Arrays.fill(this.counts, this.index.size(), this.counts.length, 0);
	}

	/**
	 * Extrapolates from the sample.
	 * @return the estimate
	 */
	Repeated estimate() {
		long arrays = 0;
		long bytes = 0;
		for (int i = 0; i < this.index.size(); i++) {
			arrays += this.counts[i] - 1;
			bytes += (this.counts[i] - 1L) * this.sizes[i];
		}
		return new Repeated(arrays << this.level, bytes << this.level);
	}

}
