package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads ranges of one file, with a limit on their total size. The contiguous start of the
 * file is kept, so that it is read only once.
 */
final class Ranges {

	/** The limit for one file, in bytes. */
	static final int MOST = 8 * 1024 * 1024;

	private final DumpSource source;

	private final long size;

	private int left = MOST;

	private byte[] front = new byte[0];

	Ranges(DumpSource source, long size) {
		this.source = source;
		this.size = size;
	}

	long size() {
		return this.size;
	}

	/**
	 * Returns how much may still be read.
	 * @return bytes
	 */
	int left() {
		return this.left;
	}

	/**
	 * Reads a range.
	 * @param offset where it begins, within the file
	 * @param most how many bytes; fewer at the end of the file or at the limit
	 * @return the bytes
	 * @throws IOException when the source failed or returned a wrong number of bytes
	 */
	byte[] read(long offset, int most) throws IOException {
		long end = offset + Math.min(this.size - offset, most);
		if (offset > this.front.length) {
			return fetch(offset, end);
		}
		if (end > this.front.length) {
			append(fetch(this.front.length, end));
		}
		return Arrays.copyOfRange(this.front, (int) offset, (int) Math.min(end, this.front.length));
	}

	private byte[] fetch(long offset, long end) throws IOException {
		int length = (int) Math.min(end - offset, this.left);
		if (length == 0) {
			return new byte[0];
		}
		byte[] bytes = this.source.read(offset, length);
		this.left -= length;
		if (bytes.length != length) {
			throw new IOException(String.format(Locale.ROOT, "%d of %d bytes at %d", bytes.length, length, offset));
		}
		return bytes;
	}

	private void append(byte[] bytes) {
		int length = this.front.length;
		this.front = Arrays.copyOf(this.front, length + bytes.length);
		System.arraycopy(bytes, 0, this.front, length, bytes.length);
	}

}
