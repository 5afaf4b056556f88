package dev.dumpkeeper.capacity.forecast;

import java.time.Duration;
import java.time.Instant;

/**
 * The expected times of future passes. Dumps are deleted only by a pass.
 *
 * @param now the start of hour 0
 * @param interval the time between two passes; the first one runs one interval after now
 */
record PassSchedule(Instant now, Duration interval) {

	/**
	 * Returns the hour at whose start a pass deletes what may be deleted from an instant
	 * on.
	 * @param due the instant
	 * @return an hour counted from now, possibly beyond any forecast
	 */
	int hourOfDeletion(Instant due) {
		return hour(Math.max(0, Duration.between(this.now, due).toSeconds()));
	}

	/**
	 * Returns the hour at whose start a pass deletes what arrives in an hour.
	 * @param arrival the hour of the arrival, which is taken to happen in its middle
	 * @param keepFor how long it is kept at least
	 * @return an hour after that of the arrival
	 */
	int hourOfDeletion(int arrival, Duration keepFor) {
		return Math.max(arrival + 1, hour(arrival * 3600L + 1800 + Math.max(0, keepFor.toSeconds())));
	}

	private int hour(long due) {
		long seconds = Math.max(1, this.interval.toSeconds());
		// The limit is later than any forecast reaches.
		long passes = Math.max(1, (Math.min(Integer.MAX_VALUE, due) + seconds - 1) / seconds);
		return (int) (passes * seconds / 3600);
	}

}
