package dev.dumpkeeper.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * Times that a listing tells of files. Whoever writes to a volume can set them, and a
 * clock can be wrong: a time in the future would keep a dump for ever, from expiring as
 * well as from being told of.
 */
final class FileTimes {

	/** Clocks differ by less. */
	static final Duration TOLERANCE = Duration.ofDays(1);

	private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

	private FileTimes() {
	}

	/**
	 * Whether a time cannot be true.
	 * @param listed the time of a file
	 * @param now the present
	 */
	static boolean isInFuture(Instant listed, Instant now) {
		return listed.isAfter(now.plus(TOLERANCE));
	}

	/**
	 * The time from which a file's age counts.
	 * @param listed the time of the file
	 * @param firstSeen when a listing showed it first
	 * @param now the present
	 * @return when it was first seen where its own time lies more than a day in the
	 * future
	 */
	static Instant trusted(Instant listed, Instant firstSeen, Instant now) {
		return isInFuture(listed, now) ? firstSeen : listed;
	}

	/** {@link #trusted} of a row of the ledger, in SQL. */
	static String trusted(Instant now) {
		return "CASE WHEN last_modified > " + horizon(now) + " THEN first_seen ELSE last_modified END";
	}

	/**
	 * When a row's JVM died, in SQL: as the dump tells it, unless that lies in the future
	 * too.
	 */
	static String died(Instant now) {
		return "CASE WHEN died_at <= " + horizon(now) + " THEN died_at ELSE " + trusted(now) + " END";
	}

	/** The last instant that is trusted, in epoch milliseconds. */
	static long horizon(Instant now) {
		return now.plus(TOLERANCE).toEpochMilli();
	}

	/**
	 * The nearest time that the ledger can keep.
	 * @param time any instant
	 * @return one in the years 0 to 9999, so that epoch milliseconds hold it
	 */
	static Instant storable(Instant time) {
		return time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
	}

}
