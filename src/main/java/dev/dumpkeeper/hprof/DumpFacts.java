package dev.dumpkeeper.hprof;

import java.time.Instant;
import java.util.Optional;

/**
 * The result of checking a heap dump.
 *
 * @param verdict whether it is complete
 * @param gzip whether it is compressed, by its content rather than its name
 * @param startedAt when the JVM began to write it, which is the time of the
 * OutOfMemoryError; empty if that was not read or is implausible
 * @param reason the reason for the verdict in a few English words; empty for a dump whose
 * end was found
 */
public record DumpFacts(Verdict verdict, boolean gzip, Optional<Instant> startedAt, String reason) {

	public DumpFacts {
		if (verdict != Verdict.COMPLETE && reason.isEmpty()) {
			throw new IllegalArgumentException(verdict + " needs a reason");
		}
	}

	/**
	 * Corrects these facts after a complete reading, which is more reliable.
	 * @param contents the result of the reading
	 * @return these facts if the reading does not contradict them
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

		/** A complete dump. */
		COMPLETE,

		/** The start of a dump: still being written, or never finished. */
		TRUNCATED,

		/**
		 * A dump whose end is not found by a few reads. Only a complete reading can
		 * determine it.
		 */
		UNKNOWN,

		/** No bytes: not started yet, or the quota was exceeded. */
		EMPTY,

		/** Something else. */
		NOT_A_DUMP,

		/**
		 * A range could not be read yet, which does not mean that the dump is damaged.
		 */
		NOT_READABLE

	}

}
