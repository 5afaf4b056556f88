package dev.dumpkeeper.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * Rules for file times in listings. Anybody who writes to a volume can set them, and a
 * clock can be wrong: a time in the future would prevent the expiry of a dump, or its
 * report, for ever.
 */
final class FileTimes {

	/** Larger than any difference between clocks. */
	static final Duration TOLERANCE = Duration.ofDays(1);

	private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

	private FileTimes() {
	}

	/**
	 * Whether a time is too far in the future to be true.
	 * @param listed the time of a file
	 * @param now the current time
	 */
	static boolean isInFuture(Instant listed, Instant now) {
		return listed.isAfter(now.plus(TOLERANCE));
	}

	/**
	 * Returns the time from which a file's age counts.
	 * @param listed the time of the file
	 * @param firstSeen when a listing first contained it
	 * @param now the current time
	 * @return the file's time, or when it was first seen if that lies more than a day in
	 * the future
	 */
	static Instant trusted(Instant listed, Instant firstSeen, Instant now) {
		return isInFuture(listed, now) ? firstSeen : listed;
	}

	/** Returns SQL for {@link #trusted} of a row. */
	static String trusted(Instant now) {
		return "CASE WHEN last_modified > " + horizon(now) + " THEN first_seen ELSE last_modified END";
	}

	/**
	 * Returns SQL for when a row's JVM died: the time in the dump, unless that lies in
	 * the future too.
	 */
	static String died(Instant now) {
		return "CASE WHEN died_at <= " + horizon(now) + " THEN died_at ELSE " + trusted(now) + " END";
	}

	/** Returns the last trusted instant, in epoch milliseconds. */
	static long horizon(Instant now) {
		return now.plus(TOLERANCE).toEpochMilli();
	}

	/**
	 * Returns the nearest time that the ledger can store.
	 * @param time any instant
	 * @return one in the years 0 to 9999, so that epoch milliseconds hold it
	 */
	static Instant storable(Instant time) {
		return time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
	}

}
