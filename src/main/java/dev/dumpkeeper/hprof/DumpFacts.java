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

	/** What a file is. */
	public enum Verdict {

		/** A dump that ends as one does. */
		COMPLETE,

		/** The front of a dump: still being written, or never finished. */
		CUT_OFF,

		/** No bytes: not begun yet, or the quota was full. */
		EMPTY,

		/** Something else. */
		NOT_A_DUMP,

		/** A range could not be read. That says "not yet", never that it is broken. */
		NOT_READABLE

	}

}
