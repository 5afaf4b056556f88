package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.HeapContents.State;
import dev.dumpkeeper.hprof.HeapLook.Budget;

/**
 * One reading of a heap dump, from its first byte to its last.
 */
final class HeapReading {

	private static final int VERSION = 19;

	private final FileBytes file;

	private final int window;

	private @Nullable DumpStream in;

	private @Nullable HeapTally tally;

	HeapReading(InputStream dump, long size, Budget budget, int window) {
		this.file = new FileBytes(dump, size, budget);
		this.window = window;
	}

	HeapContents read() {
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
			if (!Gunzip.beginsHere(front, length)) {
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
		this.in = dump;
		new HeapWalk(dump, counted).go();
		return soFar(State.WHOLE, counted.leftOut());
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

}
