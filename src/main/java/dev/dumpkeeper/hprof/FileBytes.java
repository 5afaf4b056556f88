package dev.dumpkeeper.hprof;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

import dev.dumpkeeper.hprof.HeapContents.State;
import dev.dumpkeeper.hprof.HeapReading.Budget;

/**
 * The bytes of a file as a stream, with limits on size and time.
 */
final class FileBytes implements InflatedInput {

	private final InputStream in;

	private final long size;

	private final Budget budget;

	private final long begun;

	private long count;

	/**
	 * Creates the stream.
	 * @param in the file
	 * @param size its size; negative if unknown
	 * @param budget the limits
	 */
	FileBytes(InputStream in, long size, Budget budget) {
		this.in = in;
		this.size = size;
		this.budget = budget;
		this.begun = budget.nanos().getAsLong();
	}

	@Override
	public int read(byte[] bytes, int at, int length) throws IOException, HeapReadAbortedException {
		check(this.count, this.budget.fileBytes());
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
	public long skip(long length) throws IOException, HeapReadAbortedException {
		check(this.count, this.budget.fileBytes());
		// Most streams read the bytes that they skip: steps allow the budget to be
		// checked.
		long skipped = Math.max(0, this.in.skip(Math.min(length, STEP)));
		this.count += skipped;
		return skipped;
	}

	/**
	 * Checks the budget for inflated bytes.
	 * @param bytes how much of the dump was inflated
	 * @throws HeapReadAbortedException when it is used up
	 */
	void checkDump(long bytes) throws HeapReadAbortedException {
		check(bytes, this.budget.dumpBytes());
	}

	private void check(long bytes, long most) throws HeapReadAbortedException {
		if (bytes > most) {
			throw new HeapReadAbortedException(State.OVER_BUDGET,
					String.format(Locale.ROOT, "the budget of %d bytes is used up", most));
		}
		if (this.budget.nanos().getAsLong() - this.begun >= this.budget.time().toNanos()) {
			throw new HeapReadAbortedException(State.OVER_BUDGET,
					String.format(Locale.ROOT, "the budget of %d ms is used up", this.budget.time().toMillis()));
		}
	}

	/**
	 * Returns how much was read.
	 * @return bytes
	 */
	long count() {
		return (this.size < 0) ? this.count : Math.min(this.count, this.size);
	}

}
