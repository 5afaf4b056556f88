package dev.dumpkeeper.hprof;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

import dev.dumpkeeper.hprof.HeapContents.State;
import dev.dumpkeeper.hprof.HeapLook.Budget;

/**
 * The bytes of a file as they come, with a bound on them and on the time.
 */
final class FileBytes implements PlainBytes {

	private final InputStream in;

	private final long size;

	private final Budget budget;

	private final long begun;

	private long count;

	/**
	 * Begins.
	 * @param in the rest of the file
	 * @param size the size of all of it; negative when nobody knows it
	 * @param budget the bounds
	 * @param offset where in the file the rest begins
	 * @param nanos the time that earlier parts of the reading took
	 */
	FileBytes(InputStream in, long size, Budget budget, long offset, long nanos) {
		this.in = in;
		this.size = size;
		this.budget = budget;
		this.count = offset;
		this.begun = budget.nanos().getAsLong() - nanos;
	}

	@Override
	public int read(byte[] bytes, int at, int length) throws IOException, Stopped {
		check(this.count);
		int read = this.in.read(bytes, at, length);
		if (read < 0) {
			if (this.count < this.size) {
				throw new EOFException(String.format(Locale.ROOT, "%d of %d bytes", this.count, this.size));
			}
			return -1;
		}
		this.count += read;
		return read;
	}

	@Override
	public long skip(long length) throws IOException, Stopped {
		check(this.count);
		// Most streams read what they skip: in steps, so that the budget is looked at.
		long skipped = Math.max(0, this.in.skip(Math.min(length, STEP)));
		this.count += skipped;
		return skipped;
	}

	/**
	 * Looks at the budget.
	 * @param bytes how far the file or the dump in it was read
	 * @throws Stopped when it is used up
	 */
	void check(long bytes) throws Stopped {
		if (bytes > this.budget.bytes()) {
			throw new Stopped(State.OVER_BUDGET,
					String.format(Locale.ROOT, "the budget of %d bytes is used up", this.budget.bytes()));
		}
		if (nanos() >= this.budget.time().toNanos()) {
			throw new Stopped(State.OVER_BUDGET,
					String.format(Locale.ROOT, "the budget of %d ms is used up", this.budget.time().toMillis()));
		}
	}

	/**
	 * How long the reading takes, with its earlier parts.
	 * @return nanoseconds
	 */
	long nanos() {
		return this.budget.nanos().getAsLong() - this.begun;
	}

	/**
	 * Where in the file the next byte is, as the stream has it.
	 * @return its offset
	 */
	long offset() {
		return this.count;
	}

	/**
	 * How much was read, with the earlier parts of the reading.
	 * @return bytes
	 */
	long count() {
		return (this.size < 0) ? this.count : Math.min(this.count, this.size);
	}

}
