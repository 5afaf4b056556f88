package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

import dev.dumpkeeper.hprof.HeapContents.State;

/**
 * A window on a dump that moves from its first byte to its last. Offsets are those in the
 * dump, as it was before it was compressed.
 */
final class DumpStream {

	/** The window of a big dump, in bytes. */
	static final int WINDOW = 1024 * 1024;

	/** So many bytes can be asked for at once. */
	static final int SMALLEST_WINDOW = 2048;

	/** Behind the last byte there are so many zeros, which saves a check per number. */
	static final int SLACK = 64;

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

	final byte[] window;

	/** Where in the window the next byte is. */
	int at;

	/** Where in the window the bytes end. */
	int limit;

	private final InflatedInput bytes;

	private long before;

	private long mark;

	/**
	 * Begins.
	 * @param bytes the dump
	 * @param size of the window, at least {@value #SMALLEST_WINDOW}
	 */
	DumpStream(InflatedInput bytes, int size) {
		this.bytes = bytes;
		this.window = new byte[size + SLACK];
	}

	/**
	 * Begins with bytes that were read already.
	 * @param front these
	 * @param length how many
	 */
	void put(byte[] front, int length) {
		System.arraycopy(front, 0, this.window, 0, length);
		this.limit = length;
	}

	/**
	 * The first bytes in the window.
	 * @param most how many at most
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
	 * Where the next byte is.
	 * @return its offset in the dump
	 */
	long offset() {
		return this.before + this.at;
	}

	/**
	 * Has some of the next bytes in the window.
	 * @param count how many, at most {@value #SMALLEST_WINDOW}
	 * @return {@code false} when the dump has fewer; those it has are there
	 * @throws IOException when the file cannot be read now
	 * @throws HeapReadAbortedException when it makes no sense or the budget is used up
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
	 * Has some of the next bytes in the window.
	 * @param count how many, at most {@value #SMALLEST_WINDOW}
	 * @throws IOException when the file cannot be read now
	 * @throws HeapReadAbortedException when the dump has fewer, it makes no sense or the
	 * budget is used up
	 */
	void need(int count) throws IOException, HeapReadAbortedException {
		if (!has(count)) {
			throw cutOff();
		}
	}

	/**
	 * Says what is read now.
	 * @param mark where it begins in the dump
	 */
	void mark(long mark) {
		this.mark = mark;
	}

	HeapReadAbortedException cutOff() {
		return new HeapReadAbortedException(State.TRUNCATED,
				String.format(Locale.ROOT, "it ends within what begins at byte %d", this.mark));
	}

	/**
	 * Goes over some bytes.
	 * @param count how many
	 * @throws IOException when the file cannot be read now
	 * @throws HeapReadAbortedException when the dump has fewer, it makes no sense or the
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
		// The last byte is read: a stream may skip past its end and say nothing.
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
