package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

import dev.dumpkeeper.hprof.HeapContents.State;

/**
 * A window that moves over a dump from start to end. Offsets are those in the
 * uncompressed dump.
 */
final class DumpStream {

	/** The window for a big dump, in bytes. */
	static final int WINDOW = 1024 * 1024;

	/** The maximum number of bytes for one request. */
	static final int SMALLEST_WINDOW = 2048;

	/**
	 * The number of zeros after the last byte, which save a bounds check for each number.
	 */
	static final int SLACK = 64;

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

	final byte[] window;

	/** The position of the next byte in the window. */
	int at;

	/** The end of the bytes in the window. */
	int limit;

	private final InflatedInput bytes;

	private long before;

	private long mark;

	/**
	 * Creates a stream.
	 * @param bytes the dump
	 * @param size of the window, at least {@value #SMALLEST_WINDOW}
	 */
	DumpStream(InflatedInput bytes, int size) {
		this.bytes = bytes;
		this.window = new byte[size + SLACK];
	}

	/**
	 * Starts with bytes that were already read.
	 * @param front the bytes
	 * @param length how many
	 */
	void put(byte[] front, int length) {
		System.arraycopy(front, 0, this.window, 0, length);
		this.limit = length;
	}

	/**
	 * Returns the first bytes in the window.
	 * @param most the maximum number of bytes
	 * @return a copy
	 */
	byte[] front(int most) {
		return Arrays.copyOf(this.window, Math.min(most, this.limit));
	}

	static long u8(byte[] bytes, int at) {
		return (long) LONG.get(bytes, at);
	}

	static long u4(byte[] bytes, int at) {
		return Integer.toUnsignedLong((int) INT.get(bytes, at));
	}

	static int u2(byte[] bytes, int at) {
		return Short.toUnsignedInt((short) SHORT.get(bytes, at));
	}

	/**
	 * Returns the position of the next byte.
	 * @return its offset in the dump
	 */
	long offset() {
		return this.before + this.at;
	}

	/**
	 * Loads some of the next bytes into the window.
	 * @param count how many, at most {@value #SMALLEST_WINDOW}
	 * @return {@code false} when the dump has fewer; these are loaded
	 * @throws IOException when the file cannot be read now
	 * @throws HeapReadAbortedException when it is invalid or the budget is used up
	 */
	boolean has(int count) throws IOException, HeapReadAbortedException {
		return this.limit - this.at >= count || fill(count);
	}

	private boolean fill(int count) throws IOException, HeapReadAbortedException {
		System.arraycopy(this.window, this.at, this.window, 0, this.limit - this.at);
		this.before += this.at;
		this.limit -= this.at;
		this.at = 0;
		while (this.limit < count) {
			int read = this.bytes.read(this.window, this.limit, this.window.length - SLACK - this.limit);
			if (read < 0) {
				return false;
			}
			this.limit += read;
		}
		return true;
	}

	/**
	 * Loads some of the next bytes into the window.
	 * @param count how many, at most {@value #SMALLEST_WINDOW}
	 * @throws IOException when the file cannot be read now
	 * @throws HeapReadAbortedException when the dump has fewer, it is invalid or the
	 * budget is used up
	 */
	void need(int count) throws IOException, HeapReadAbortedException {
		if (!has(count)) {
			throw cutOff();
		}
	}

	/**
	 * Sets the position to report.
	 * @param mark where the current record begins in the dump
	 */
	void mark(long mark) {
		this.mark = mark;
	}

	HeapReadAbortedException cutOff() {
		return new HeapReadAbortedException(State.TRUNCATED,
				String.format(Locale.ROOT, "it ends within what begins at byte %d", this.mark));
	}

	/**
	 * Skips bytes.
	 * @param count how many
	 * @throws IOException when the file cannot be read now
	 * @throws HeapReadAbortedException when the dump has fewer, it is invalid or the
	 * budget is used up
	 */
	void skip(long count) throws IOException, HeapReadAbortedException {
		int here = this.limit - this.at;
		if (count <= here) {
			this.at += (int) count;
			return;
		}
		long left = count - here;
		this.before += this.limit;
		this.at = 0;
		this.limit = 0;
		// The last byte is read, since a stream may silently skip past its end.
		while (left > this.window.length) {
			long skipped = this.bytes.skip(left - 1);
			if (skipped <= 0) {
				break;
			}
			this.before += skipped;
			left -= skipped;
		}
		while (left > 0) {
			int read = this.bytes.read(this.window, 0, this.window.length - SLACK);
			if (read < 0) {
				throw cutOff();
			}
			int over = (int) Math.min(left, read);
			left -= over;
			if (left > 0) {
				this.before += over;
			}
			else {
				this.at = over;
				this.limit = read;
			}
		}
	}

}
