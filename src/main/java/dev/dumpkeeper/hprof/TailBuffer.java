package dev.dumpkeeper.hprof;

import java.util.Arrays;

/**
 * Keeps the last bytes of a stream and counts all of them.
 */
final class TailBuffer {

	private final byte[] kept;

	private long count;

	/**
	 * Creates a buffer.
	 * @param most how many bytes are kept
	 */
	TailBuffer(int most) {
		this.kept = new byte[most];
	}

	/**
	 * Adds bytes.
	 * @param bytes contain them
	 * @param length how many, from the first on
	 */
	void accept(byte[] bytes, int length) {
		int taken = Math.min(length, this.kept.length);
		int stay = (int) Math.min(this.count, this.kept.length - taken);
		int before = (int) Math.min(this.count, this.kept.length);
		System.arraycopy(this.kept, before - stay, this.kept, 0, stay);
		System.arraycopy(bytes, length - taken, this.kept, stay, taken);
		this.count += length;
	}

	/**
	 * Returns how many bytes were added.
	 * @return all of them, kept or not
	 */
	long count() {
		return this.count;
	}

	byte[] bytes() {
		return Arrays.copyOf(this.kept, (int) Math.min(this.count, this.kept.length));
	}

}
