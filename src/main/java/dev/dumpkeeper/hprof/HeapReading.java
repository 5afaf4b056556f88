package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.Gunzip.Border;
import dev.dumpkeeper.hprof.HeapContents.Repeated;
import dev.dumpkeeper.hprof.HeapContents.State;
import dev.dumpkeeper.hprof.HeapLook.Budget;
import dev.dumpkeeper.hprof.HeapWalk.Place;

/**
 * Reads a heap dump in one or more parts: what one part leaves as a checkpoint, the next
 * one, in any process, goes on with, and in the end finds what a reading in one go finds.
 * Only how far ahead of a damage the file was read, {@link HeapContents#fileBytes()} and
 * the byte that the reason names, may be other by a few hundred KiB, and a budget that
 * ends the reading ends it elsewhere. Each instance reads one part, by one thread.
 */
public final class HeapReading {

	/** A checkpoint has at most so many bytes. */
	public static final int MOST_BYTES = Checkpoint.MOST;

	private static final int VERSION = 19;

	private final long size;

	private final int window;

	private final @Nullable Checkpoint begun;

	private @Nullable FileBytes file;

	private @Nullable Gunzip gunzip;

	private @Nullable DumpStream in;

	private @Nullable HeapTally tally;

	private @Nullable HeapWalk walk;

	private HeapReading(long size, int window, @Nullable Checkpoint begun) {
		this.size = size;
		this.window = window;
		this.begun = begun;
		this.tally = (begun != null) ? begun.tally() : null;
	}

	/**
	 * Begins to read a file.
	 * @param size its size in bytes, as a listing or HEAD tells; negative when unknown
	 * @return the first part
	 */
	public static HeapReading begin(long size) {
		return begin(size, DumpStream.WINDOW);
	}

	/** With a window of another size. */
	static HeapReading begin(long size, int window) {
		return new HeapReading(size, window, null);
	}

	/**
	 * Goes on to read a file, which has to be the same.
	 * @param size its size in bytes
	 * @param checkpoint of an earlier part
	 * @return the next part, or empty when the checkpoint is damaged, of another format
	 * or of a file of another size, so that the file has to be read from its start
	 */
	public static Optional<HeapReading> goOn(long size, byte[] checkpoint) {
		return goOn(size, checkpoint, DumpStream.WINDOW);
	}

	static Optional<HeapReading> goOn(long size, byte[] checkpoint, int window) {
		return Checkpoint.of(checkpoint, size).map((begun) -> new HeapReading(size, window, begun));
	}

	/**
	 * From where on the file is read. Plain, it is where the earlier part ended; of a
	 * compressed file it is the last gzip member that begins before, or the start of the
	 * file, and what was counted is inflated again and gone over.
	 * @return the offset of the first byte
	 */
	public long from() {
		return (this.begun != null) ? this.begun.from().file() : 0;
	}

	/**
	 * Reads the file. Never throws for what is in it, nor for an {@link IOException} of
	 * the stream, which makes it {@link State#NOT_READABLE}, as does a stream that ends
	 * before the size. What else the stream throws is thrown, and {@link #checkpoint()}
	 * is then there.
	 * @param rest the file from {@link #from()} on, compressed or not as its content
	 * tells; it is not closed
	 * @param budget the bounds of all parts together; of a compressed file, what is
	 * inflated again costs time and counts once as bytes
	 * @return what was found in all parts together, which of a dump that was not read to
	 * its end is what its front holds
	 */
	public HeapContents read(InputStream rest, Budget budget) {
		FileBytes bytes = new FileBytes(rest, this.size, budget, from(), (this.begun != null) ? this.begun.nanos() : 0);
		this.file = bytes;
		try {
			if (this.begun != null) {
				return readOn(bytes, this.begun);
			}
			byte[] front = new byte[2];
			int length = 0;
			while (length < front.length) {
				int read = bytes.read(front, length, front.length - length);
				if (read < 0) {
					return nothing(State.NOT_A_DUMP,
							(length == 0) ? "it has no bytes" : "it does not begin like a heap dump");
				}
				length += read;
			}
			if (!Gunzip.beginsHere(front, length)) {
				DumpStream plain = new DumpStream(bytes, this.window);
				plain.put(front, length);
				return read(plain);
			}
			try (Gunzip inflated = new Gunzip(bytes, front, length, new Border(0, 0))) {
				this.gunzip = inflated;
				return read(new DumpStream(inflated, this.window));
			}
		}
		catch (IOException ex) {
			return soFar(State.NOT_READABLE, "it cannot be read now: " + ex.getMessage());
		}
		catch (Stopped ex) {
			return soFar(ex.state(), ex.reason());
		}
	}

	private HeapContents read(DumpStream dump) throws IOException, Stopped {
		boolean whole = dump.has(HprofFormat.HEADER);
		if (dump.limit == 0 || !HprofFormat.beginsLikeADump(dump.front(VERSION))) {
			return nothing(State.NOT_A_DUMP, "it does not begin like a heap dump");
		}
		if (!whole) {
			return nothing(State.CUT_OFF, "it ends within its header");
		}
		long identifierSize = DumpStream.u4(dump.window, VERSION);
		if (identifierSize != 4 && identifierSize != 8) {
			return nothing(State.BROKEN, String.format(Locale.ROOT, "its identifiers have %d bytes", identifierSize));
		}
		dump.at = HprofFormat.HEADER;
		HeapTally counted = new HeapTally((int) identifierSize);
		this.tally = counted;
		return walk(dump, counted, new HeapWalk(dump, counted));
	}

	private HeapContents readOn(FileBytes bytes, Checkpoint begun) throws IOException, Stopped {
		if (!begun.compressed()) {
			return readOn(new DumpStream(bytes, this.window), begun);
		}
		try (Gunzip inflated = new Gunzip(bytes, new byte[0], 0, begun.from())) {
			this.gunzip = inflated;
			return readOn(new DumpStream(inflated, this.window), begun);
		}
	}

	private HeapContents readOn(DumpStream dump, Checkpoint begun) throws IOException, Stopped {
		return walk(dump, begun.tally(), new HeapWalk(dump, begun.from().dump(), begun.tally(), begun.place()));
	}

	private HeapContents walk(DumpStream dump, HeapTally counted, HeapWalk walk) throws IOException, Stopped {
		this.in = dump;
		this.walk = walk;
		walk.go();
		return soFar(State.WHOLE, counted.leftOut());
	}

	/**
	 * Gives the reading up: whoever asks is not going to go on.
	 * @param reason why, in a few English words
	 * @return what was found so far, as {@link State#OVER_BUDGET}
	 */
	public HeapContents giveUp(String reason) {
		return soFar(State.OVER_BUDGET, reason);
	}

	private HeapContents soFar(State state, String reason) {
		if (this.tally == null) {
			return nothing(state, reason);
		}
		long before = (this.begun != null) ? this.begun.place().offset() : 0;
		return this.tally.contents(fileBytes(), (this.in != null) ? Math.max(before, this.in.offset()) : before, state,
				reason);
	}

	private HeapContents nothing(State state, String reason) {
		return new HeapContents(state, reason, fileBytes(), 0, 0, false, 0, 0, List.of(), 0, List.of(), 0, 0, List.of(),
				Repeated.NONE, List.of());
	}

	private long fileBytes() {
		return (this.file != null) ? this.file.count() : from();
	}

	/**
	 * What another part can go on with. May be asked for whenever the stream is asked for
	 * bytes, and after {@link #read}, however it ended. It holds the names of classes,
	 * identifiers, counts, sizes and hashes, and no value out of the heap.
	 * @return at most {@link #MOST_BYTES}; empty when there would be more, when this part
	 * has come no further than where it began, and before the heap
	 */
	public Optional<byte[]> checkpoint() {
		Place place = (this.walk != null) ? this.walk.place() : null;
		if (place == null || this.file == null || this.tally == null || isToBeginAgain()
				|| this.begun != null && place.offset() <= this.begun.place().offset()) {
			return Optional.empty();
		}
		Border from = (this.gunzip != null) ? this.gunzip.before(place.offset())
				: new Border(place.offset(), place.offset());
		return new Checkpoint(this.size, this.gunzip != null, from, this.file.nanos(), place, this.tally).bytes();
	}

	/**
	 * Whether no checkpoint is of use for this dump: it says after its heap that a symbol
	 * is the name of a class, and of the symbols that are none a checkpoint keeps no
	 * text. {@link #read} then ended as {@link State#NOT_READABLE}.
	 * @return {@code true} when it has to be read from its start in one go
	 */
	public boolean isToBeginAgain() {
		return this.tally != null && this.tally.names.isMissed();
	}

}
