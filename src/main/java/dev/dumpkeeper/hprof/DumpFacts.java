package dev.dumpkeeper.hprof;

import java.time.Instant;
import java.util.Optional;

/**
 * What a look at a heap dump found.
 *
 * @param verdict whether it is whole
 * @param gzip whether it is compressed, by its content and whatever its name says
 * @param startedAt when the JVM began to write it, so the time of the OutOfMemoryError;
 * empty where that was not read or cannot be true
 * @param reason the verdict's reason in a few English words; empty for a dump whose end
 * was seen
 */
public record DumpFacts(Verdict verdict, boolean gzip, Optional<Instant> startedAt, String reason) {

	public DumpFacts {
		if (verdict != Verdict.COMPLETE && reason.isEmpty()) {
			throw new IllegalArgumentException(verdict + " needs a reason");
		}
	}

	/**
	 * The same after all of the dump was read, which knows better.
	 * @param contents what the reading found
	 * @return these facts where it has nothing to say about them
	 */
	public DumpFacts settledBy(HeapContents contents) {
		boolean isDump = this.verdict == Verdict.COMPLETE || this.verdict == Verdict.TRUNCATED
				|| this.verdict == Verdict.UNKNOWN;
		if (isDump && contents.state() == HeapContents.State.WHOLE) {
			return new DumpFacts(Verdict.COMPLETE, this.gzip, this.startedAt, "");
		}
		if (isDump && this.verdict != Verdict.TRUNCATED && contents.state() == HeapContents.State.TRUNCATED) {
			return new DumpFacts(Verdict.TRUNCATED, this.gzip, this.startedAt, contents.reason());
		}
		return this;
	}

	/** What a file is. */
	public enum Verdict {

		/** A dump that ends as one does. */
		COMPLETE,

		/** The front of a dump: still being written, or never finished. */
		TRUNCATED,

		/** A dump whose end a few reads do not find. Only reading all of it tells. */
		UNKNOWN,

		/** No bytes: not begun yet, or the quota was full. */
		EMPTY,

		/** Something else. */
		NOT_A_DUMP,

		/** A range could not be read. That says "not yet", never that it is broken. */
		NOT_READABLE

	}

}
