package dev.dumpkeeper.ledger;

import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds the dumps that are blocked from expiry.
 */
final class ExpiryBlockerRepository {

	/** The rank of a dump that is never among the newest. */
	private static final int NEVER_NEWEST = Integer.MAX_VALUE;

	/**
	 * Identifies the owner within which the newest dumps are ranked. The directory stands
	 * in for an unknown workload; in a shared directory each dump is its own owner.
	 */
	static final String OWNER = "environment, workload, directory, CASE WHEN workload = '' AND directory = '' THEN id ELSE 0 END";

	private final JdbcTemplate jdbc;

	ExpiryBlockerRepository(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns dumps that were not reported before an instant, those that are held and, if
	 * requested, those whose content is not known to be a heap dump.
	 */
	Iterator<ExpiryBlocker> standing(String volume, @Nullable Instant notifiedBefore, Instant now, boolean unproven) {
		return new KeysetIterator<>(DumpRepository.PAGE, (after) -> this.jdbc.query(String.format(Locale.ROOT, """
				SELECT object_key, state, notified_at, held_until, %s FROM dump WHERE volume = ? AND present = TRUE
				AND object_key > ? AND (held_until > ? OR notified_at IS NULL AND ? >= 0 OR notified_at > ? %s)
				ORDER BY object_key LIMIT ?""", DumpRepository.PROVEN,
				unproven ? "OR NOT " + DumpRepository.PROVEN : ""),
				(row, number) -> new ExpiryBlocker(DumpRepository.key(row, 1), DumpState.valueOf(row.getString(2)),
						DumpRepository.nullable(row, 3), DumpRepository.nullable(row, 4), row.getBoolean(5)),
				volume, after, now.toEpochMilli(), (notifiedBefore == null) ? -1L : 0L,
				(notifiedBefore == null) ? Long.MAX_VALUE : notifiedBefore.toEpochMilli(), DumpRepository.PAGE),
				ExpiryBlocker::key);
	}

	/**
	 * Returns the newest dumps of each workload of a volume that were written since an
	 * instant. A dump dated in the future is as old as when it was first seen.
	 */
	Set<String> newest(String volume, int count, Instant since, Instant now) {
		return new HashSet<>(this.jdbc.query(String.format(Locale.ROOT, """
				SELECT object_key FROM (SELECT object_key, %1$s AS ages_from, %2$s AS place FROM dump
				WHERE volume = ? AND present = TRUE) ranked
				WHERE place <= ? AND ages_from > ?""", FileTimes.trusted(now), place(FileTimes.trusted(now))),
				(row, number) -> DumpRepository.key(row, 1), volume, count, since.toEpochMilli()));
	}

	/**
	 * Ranks a row among the newest dumps of its owner, from 1. Only complete dumps take a
	 * place: anybody can create files that are empty, truncated or no dumps, and choose
	 * their date. Dumps that may be complete are ranked so that they displace no complete
	 * one: a dump whose end was not found is ranked among the complete dumps and those
	 * like it, and one that waits for triage after the newer complete dumps.
	 * @param agesFrom SQL for the time from which a dump's age counts
	 */
	static String place(String agesFrom) {
		String order = " ORDER BY " + agesFrom + " DESC, id DESC";
		return "CASE WHEN state = 'COMPLETE' THEN ROW_NUMBER() OVER (PARTITION BY " + OWNER
				+ ", CASE WHEN state = 'COMPLETE' THEN 0 ELSE 1 END" + order
				+ ") WHEN state = 'UNKNOWN' THEN ROW_NUMBER() OVER (PARTITION BY " + OWNER
				+ ", CASE WHEN state IN ('COMPLETE', 'UNKNOWN') THEN 0 ELSE 1 END" + order
				+ ") WHEN state IN ('NEW', 'WRITING') THEN 1 + SUM(CASE WHEN state = 'COMPLETE' THEN 1 ELSE 0 END) OVER"
				+ " (PARTITION BY " + OWNER + order + " ROWS UNBOUNDED PRECEDING) ELSE " + NEVER_NEWEST + " END";
	}

	Iterator<FutureDump> fromTheFuture(String volume, Instant now) {
		return new KeysetIterator<>(DumpRepository.PAGE, (after) -> this.jdbc.query("""
				SELECT object_key, last_modified, first_seen FROM dump WHERE volume = ? AND present = TRUE
				AND object_key > ? AND last_modified > ? ORDER BY object_key LIMIT ?""",
				(row, number) -> new FutureDump(DumpRepository.key(row, 1), DumpRepository.instant(row, 2),
						DumpRepository.instant(row, 3)),
				volume, after, FileTimes.horizon(now), DumpRepository.PAGE), FutureDump::key);
	}

}
