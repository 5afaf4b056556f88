package dev.dumpkeeper.hprof;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When the search for holders gives up.
 */
final class Deadline {

	private static final int STEPS_BETWEEN_LOOKS = 1 << 16;

	private final LongSupplier nanos;

	private final long until;

	private int steps;

	/**
	 * Begins.
	 * @param nanos tells the time that passes
	 * @param time how long
	 */
	Deadline(LongSupplier nanos, Duration time) {
		this.nanos = nanos;
		this.until = nanos.getAsLong() + time.toNanos();
	}

	/**
	 * Is called with every step, and looks at the clock now and then.
	 * @throws HoldersUnknownException when the time is over
	 */
	void look() throws HoldersUnknownException {
		if (++this.steps >= STEPS_BETWEEN_LOOKS) {
			this.steps = 0;
			if (this.nanos.getAsLong() - this.until > 0) {
				throw new HoldersUnknownException("the time for it is used up");
			}
		}
	}

}
