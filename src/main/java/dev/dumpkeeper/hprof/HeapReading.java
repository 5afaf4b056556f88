package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.HeapContents.State;
import dev.dumpkeeper.hprof.HolderRecorder.Settings;

/**
 * Reads a heap dump once, from its first byte to its last, and counts what is in it.
 * Takes at most 64 MiB of memory however big the dump is, most often less than 10.
 */
public final class HeapReading {

	private static final int VERSION = 19;

	private final FileBytes file;

	private final int window;

	private @Nullable DumpStream in;

	private final Budget budget;

	private final @Nullable Settings settings;

	private @Nullable HeapTally tally;

	private HeapReading(InputStream dump, long size, Budget budget, int window, @Nullable Settings settings) {
		this.budget = budget;
		this.settings = settings;
		this.file = new FileBytes(dump, size, budget);
		this.window = window;
	}

	/**
	 * Reads a dump. Never throws for what is in it, nor for an {@link IOException} of the
	 * stream, which makes it {@link State#NOT_READABLE}, as does a stream that ends
	 * before the size. What else the stream throws is thrown. The same for the same
	 * bytes.
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

	/**
	 * Reads a dump and finds out who holds its heap. That takes no more memory but a
	 * scratch file, and only a dump that is whole has its holders told.
	 * @param dump the file from its first byte
	 * @param size its size in bytes; negative when unknown
	 * @param budget the bounds of the reading
	 * @param scratch where and how much may be written, and how long the search may take
	 * after the reading
	 * @return what was found, with holders or the reason why there are none
	 * @see #read(InputStream, long, Budget)
	 */
	public static HeapContents read(InputStream dump, long size, Budget budget, ScratchSpace scratch) {
		return new HeapReading(dump, size, budget, DumpStream.WINDOW,
				new Settings(scratch.directory(), scratch.limit(), scratch.time(), Scratch.CHUNK))
			.read();
	}

	/** With scratch that grows by other steps. */
	static HeapContents read(InputStream dump, long size, Budget budget, Settings settings) {
		return new HeapReading(dump, size, budget, DumpStream.SMALLEST_WINDOW, settings).read();
	}

	/** With a window of another size. */
	static HeapContents read(InputStream dump, long size, Budget budget, int window) {
		return new HeapReading(dump, size, budget, window, null).read();
	}

	private HeapContents read() {
		try {
			byte[] front = new byte[2];
			int length = 0;
			while (length < front.length) {
				int read = this.file.read(front, length, front.length - length);
				if (read < 0) {
					return nothing(State.NOT_A_DUMP,
							(length == 0) ? "it has no bytes" : "it does not begin like a heap dump");
				}
				length += read;
			}
			if (!Gunzip.isMagic(front, 0)) {
				DumpStream plain = new DumpStream(this.file, this.window);
				plain.put(front, length);
				return read(plain);
			}
			try (Gunzip inflated = new Gunzip(this.file, front, length)) {
				return read(new DumpStream(inflated, this.window));
			}
		}
		catch (IOException ex) {
			return soFar(State.NOT_READABLE, "it cannot be read now: " + ex.getMessage());
		}
		catch (HeapReadAbortedException ex) {
			return soFar(ex.state(), ex.reason());
		}
	}

	private HeapContents read(DumpStream dump) throws IOException, HeapReadAbortedException {
		boolean whole = dump.has(HprofFormat.HEADER);
		if (dump.limit == 0 || !HprofFormat.beginsLikeADump(dump.front(VERSION))) {
			return nothing(State.NOT_A_DUMP, "it does not begin like a heap dump");
		}
		if (!whole) {
			return nothing(State.TRUNCATED, "it ends within its header");
		}
		long identifierSize = DumpStream.u4(dump.window, VERSION);
		if (identifierSize != 4 && identifierSize != 8) {
			return nothing(State.BROKEN, String.format(Locale.ROOT, "its identifiers have %d bytes", identifierSize));
		}
		dump.at = HprofFormat.HEADER;
		HeapTally counted = new HeapTally((int) identifierSize);
		this.tally = counted;
		this.in = dump;
		if (this.settings == null) {
			new HeapWalk(dump, counted, null).go();
			return soFar(State.WHOLE, counted.leftOut());
		}
		try (HolderRecorder holders = new HolderRecorder(this.settings, counted, this.budget.nanos())) {
			try {
				new HeapWalk(dump, counted, holders).go();
			}
			catch (IOException ex) {
				return soFar(State.NOT_READABLE, "it cannot be read now: " + ex.getMessage())
					.withHolders(Holders.unknown("the dump was not read to its end"));
			}
			catch (HeapReadAbortedException ex) {
				return soFar(ex.state(), ex.reason()).withHolders(Holders.unknown("the dump was not read to its end"));
			}
			return soFar(State.WHOLE, counted.leftOut()).withHolders(holders.find());
		}
	}

	private HeapContents soFar(State state, String reason) {
		if (this.tally == null || this.in == null) {
			return nothing(state, reason);
		}
		return this.tally.contents(this.file.count(), this.in.offset(), state, reason);
	}

	private HeapContents nothing(State state, String reason) {
		return HeapContents.nothing(state, reason, this.file.count());
	}

	/**
	 * Where intermediate results may lie: addresses and sizes, no value of any object.
	 *
	 * @param directory a directory that is there
	 * @param limit how many bytes
	 * @param time how long the search may take after the reading
	 */
	public record ScratchSpace(Path directory, long limit, Duration time) {

		/**
		 * Removes what a process left that was killed. Call it when no other process uses
		 * the directory.
		 * @throws IOException when a file cannot be removed
		 */
		public void sweep() throws IOException {
			Scratch.sweep(this.directory);
		}

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
