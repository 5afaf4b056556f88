package dev.dumpkeeper.hprof;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time limit of the search for holders.
 */
final class Deadline {

	private static final int STEPS_BETWEEN_CHECKS = 1 << 16;

	private final LongSupplier nanos;

	private final long until;

	private int steps;

	/**
	 * Starts the time.
	 * @param nanos a monotonic clock
	 * @param time the limit
	 */
	Deadline(LongSupplier nanos, Duration time) {
		this.nanos = nanos;
		this.until = nanos.getAsLong() + time.toNanos();
	}

	/**
	 * Called at every step; reads the clock occasionally.
	 * @throws HoldersUnknownException when the time is over
	 */
	void check() throws HoldersUnknownException {
		if (++this.steps >= STEPS_BETWEEN_CHECKS) {
			this.steps = 0;
			if (this.nanos.getAsLong() - this.until > 0) {
				throw new HoldersUnknownException("the time for it is used up");
			}
		}
	}

}
