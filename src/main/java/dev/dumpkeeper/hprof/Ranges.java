package dev.dumpkeeper.hprof;

import java.io.IOException;

/**
 * Ranges of one file, with a bound on what is read of it in all.
 */
final class Ranges {

	/** So much is read of one file at most, in bytes. */
	static final int MOST = 8 * 1024 * 1024;

	private final DumpSource source;

	private final long size;

	private int left = MOST;

	Ranges(DumpSource source, long size) {
		this.source = source;
		this.size = size;
	}

	long size() {
		return this.size;
	}

	/**
	 * What may still be read.
	 * @return bytes
	 */
	int left() {
		return this.left;
	}

	/**
	 * Reads a range.
	 * @param offset where it begins, within the file
	 * @param most how many bytes; fewer where the file ends or no more may be read
	 * @return the bytes
	 * @throws IOException when the source failed or gave other than that
	 */
	byte[] read(long offset, int most) throws IOException {
		int length = (int) Math.min(this.size - offset, Math.min(most, this.left));
		byte[] bytes = this.source.read(offset, length);
		this.left -= length;
		if (bytes.length != length) {
			throw new IOException("%d of %d bytes at %d".formatted(bytes.length, length, offset));
		}
		return bytes;
	}

}
