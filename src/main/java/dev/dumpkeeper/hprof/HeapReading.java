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
 * Reads a heap dump once from start to end and counts its content. Uses at most 64 MiB of
 * memory however big the dump is, usually less than 10.
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
	 * Reads a dump. Never throws for its content, nor for an {@link IOException} of the
	 * stream, which makes it {@link State#NOT_READABLE}, as does a stream that ends
	 * before the size. Other exceptions of the stream are propagated. The result is the
	 * same for the same bytes.
	 * @param dump the file from its first byte, compressed or not according to its
	 * content; it is not closed
	 * @param size its size in bytes, from a listing or HEAD request; negative if unknown
	 * @param budget the limits
	 * @return the result; for a partial reading, the content of the part that was read
	 */
	public static HeapContents read(InputStream dump, long size, Budget budget) {
		return read(dump, size, budget, DumpStream.WINDOW);
	}

	/**
	 * Reads a dump and finds who holds its heap. This needs a scratch file but no more
	 * memory, and finds holders only in a complete dump.
	 * @param dump the file from its first byte
	 * @param size its size in bytes; negative if unknown
	 * @param budget the limits of the reading
	 * @param scratch where and how much may be written, and how long the search may take
	 * after the reading
	 * @return the result, with holders or the reason why there are none
	 * @see #read(InputStream, long, Budget)
	 */
	public static HeapContents read(InputStream dump, long size, Budget budget, ScratchSpace scratch) {
		return new HeapReading(dump, size, budget, DumpStream.WINDOW,
				new Settings(scratch.directory(), scratch.limit(), scratch.time(), Scratch.CHUNK))
			.read();
	}

	/** Allows a different growth of scratch. */
	static HeapContents read(InputStream dump, long size, Budget budget, Settings settings) {
		return new HeapReading(dump, size, budget, DumpStream.SMALLEST_WINDOW, settings).read();
	}

	/** Allows a window of another size. */
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
	 * The space for intermediate results, which are addresses and sizes but no values of
	 * objects.
	 *
	 * @param directory an existing directory
	 * @param limit how many bytes
	 * @param time how long the search may take after the reading
	 */
	public record ScratchSpace(Path directory, long limit, Duration time) {

		/**
		 * Removes the files of a process that was killed. Call it when no other process
		 * uses the directory.
		 * @throws IOException when a file cannot be removed
		 */
		public void sweep() throws IOException {
			Scratch.sweep(this.directory);
		}

	}

	/**
	 * The limits of a reading. What was counted until they are reached is kept.
	 *
	 * @param fileBytes how much of the file is read, more than 0, exceeded by about a MiB
	 * @param dumpBytes how much of the dump in a compressed file is processed, more than
	 * 0, exceeded by about a MiB
	 * @param time how long, more than zero; checked once per MiB, so that a stream that
	 * blocks needs a limit of its own
	 * @param nanos a monotonic clock
	 */
	public record Budget(long fileBytes, long dumpBytes, Duration time, LongSupplier nanos) {

		public Budget {
			if (fileBytes <= 0 || dumpBytes <= 0 || time.isNegative() || time.isZero()) {
				throw new IllegalArgumentException(
						String.format(Locale.ROOT, "no budget: %d and %d bytes, %s", fileBytes, dumpBytes, time));
			}
		}

		/**
		 * Creates a budget with the clock of this JVM.
		 * @param bytes how much of the file, and of the dump in a compressed one
		 * @param time how long
		 * @return the budget
		 */
		public static Budget of(long bytes, Duration time) {
			return new Budget(bytes, bytes, time, System::nanoTime);
		}

	}

}
