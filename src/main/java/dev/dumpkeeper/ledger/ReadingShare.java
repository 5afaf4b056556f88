package dev.dumpkeeper.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What one run may read of heaps.
 */
final class ReadingShare {

	private final long bytes;

	private final Instant end;

	private final Clock clock;

	private long left;

	ReadingShare(long bytes, Duration time, Clock clock) {
		this.bytes = bytes;
		this.end = clock.instant().plus(time);
		this.clock = clock;
		this.left = bytes;
	}

	/** Whether nothing was taken of it. */
	boolean isWhole() {
		return this.left == this.bytes;
	}

	boolean isUsedUp() {
		return this.left <= 0 || !this.clock.instant().isBefore(this.end);
	}

	/**
	 * Takes some: the last to do so may take more than is left.
	 * @throws UsedUpException when nothing is left
	 */
	void take(long length) {
		if (isUsedUp()) {
			throw new UsedUpException();
		}
		this.left -= length;
	}

	/** Ends the reading of a dump in its midst. */
	static final class UsedUpException extends RuntimeException {

		private UsedUpException() {
			super("what a run may read of heaps is used up", null, false, false);
		}

	}

}
