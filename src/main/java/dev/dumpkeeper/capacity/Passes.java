package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;

/**
 * The passes to come. Nothing goes between them.
 *
 * @param now from when on hours are counted, the first one being 0
 * @param interval from one pass to the next, the first one an interval away
 */
record Passes(Instant now, Duration interval) {

	/**
	 * The hour that begins with the pass that takes what may go at an instant.
	 * @param due the instant
	 */
	int taking(Instant due) {
		return hour(Math.max(0, Duration.between(this.now, due).toSeconds()));
	}

	/**
	 * The same for what comes in an hour.
	 * @param hour the hour; what comes in it comes in its middle
	 * @param keepFor how long it stays at least
	 * @return a later hour
	 */
	int taking(int hour, Duration keepFor) {
		return Math.max(hour + 1, hour(hour * 3600L + 1800 + Math.max(0, keepFor.toSeconds())));
	}

	private int hour(long due) {
		long seconds = Math.max(1, this.interval.toSeconds());
		// No later than any forecast looks.
		long passes = Math.max(1, (Math.min(Integer.MAX_VALUE, due) + seconds - 1) / seconds);
		return (int) (passes * seconds / 3600);
	}

}
