package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

import dev.dumpkeeper.hprof.HeapContents.State;

/**
 * Reads a heap dump once, from its first byte to its last, and counts what is in it.
 * Takes at most 64 MiB of memory however big the dump is, most often less than 10.
 */
public final class HeapLook {

	/** So many classes are told. */
	public static final int MOST_CLASSES = 2000;

	/** So many arrays are told. */
	public static final int MOST_ARRAYS = 10;

	/** So many classes of class loaders are told. */
	public static final int MOST_LOADERS = 10;

	private HeapLook() {
	}

	/**
	 * Reads a dump of which nobody knows how big it is.
	 * @param dump the file from its first byte, compressed or not; it is not closed
	 * @param budget the bounds
	 * @return what was found
	 * @see #read(InputStream, long, Budget)
	 */
	public static HeapContents read(InputStream dump, Budget budget) {
		return read(dump, -1, budget);
	}

	/**
	 * Reads a dump. Never throws for what is in it, nor for an {@link IOException} of the
	 * stream, which makes it {@link State#NOT_READABLE}, as does a stream that ends
	 * before the size. The same for the same bytes.
	 * @param dump the file from its first byte, compressed or not as its content tells;
	 * it is not closed
	 * @param size its size in bytes, as a listing or HEAD tells; negative when unknown
	 * @param budget the bounds
	 * @return what was found, which of a dump that was not read to its end is what its
	 * front holds
	 */
	public static HeapContents read(InputStream dump, long size, Budget budget) {
		return read(dump, size, budget, DumpStream.WINDOW);
	}

	/** With a window of another size. */
	static HeapContents read(InputStream dump, long size, Budget budget, int window) {
		return new HeapReading(dump, size, budget, window).read();
	}

	/**
	 * Compares two heaps of one workload.
	 * @param earlier the earlier one
	 * @param later the later one
	 * @return which classes grew; of heaps that were not read to their ends that says
	 * little
	 */
	public static Growth compare(HeapContents earlier, HeapContents later) {
		return Growth.between(earlier, later);
	}

	/**
	 * How much a reading may take. What was counted when it is used up is kept.
	 *
	 * @param fileBytes how much of the file, more than 0. A MiB or so more may be read
	 * @param dumpBytes how much of the dump in a compressed file, likewise
	 * @param time how long, more than nothing; looked at once a MiB, so that a stream
	 * that stands still needs a limit of its own
	 * @param nanos tells the time that passes
	 */
	public record Budget(long fileBytes, long dumpBytes, Duration time, LongSupplier nanos) {

		public Budget {
			if (fileBytes <= 0 || dumpBytes <= 0 || time.isNegative() || time.isZero()) {
				throw new IllegalArgumentException(
						String.format(Locale.ROOT, "no budget: %d and %d bytes, %s", fileBytes, dumpBytes, time));
			}
		}

		/**
		 * A budget by the clock of this JVM.
		 * @param bytes how much of the file, and of the dump in a compressed one
		 * @param time how long
		 * @return the budget
		 */
		public static Budget of(long bytes, Duration time) {
			return new Budget(bytes, bytes, time, System::nanoTime);
		}

	}

}
