package dev.dumpkeeper.ledger;

import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The dumps that something stands against when they are to expire.
 */
final class ExpiryBlockerRepository {

	/** The place of what is nobody's newest. */
	private static final int NEVER_NEWEST = Integer.MAX_VALUE;

	/**
	 * By what dumps are told apart, so that none takes the place of another's as the
	 * newest. Where the workload is not known, its directory is the owner; in a directory
	 * that everybody shares each dump has its own.
	 */
	static final String OWNER = "environment, workload, directory, CASE WHEN workload = '' AND directory = '' THEN id ELSE 0 END";

	private final JdbcTemplate jdbc;

	ExpiryBlockerRepository(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Those that nobody was told of before an instant, those that are held, and, where
	 * asked for, those whose bytes are not known to be a heap dump's.
	 */
	Iterator<ExpiryBlocker> standing(String volume, @Nullable Instant toldBefore, Instant now, boolean unproven) {
		return new KeysetIterator<>(DumpRepository.PAGE, (after) -> this.jdbc.query(String.format(Locale.ROOT, """
				SELECT object_key, state, notified_at, held_until, %s FROM dump WHERE volume = ? AND present = TRUE
				AND object_key > ? AND (held_until > ? OR notified_at IS NULL AND ? >= 0 OR notified_at > ? %s)
				ORDER BY object_key LIMIT ?""", DumpRepository.PROVEN,
				unproven ? "OR NOT " + DumpRepository.PROVEN : ""),
				(row, number) -> new ExpiryBlocker(DumpRepository.key(row, 1), DumpState.valueOf(row.getString(2)),
						DumpRepository.nullable(row, 3), DumpRepository.nullable(row, 4), row.getBoolean(5)),
				volume, after, now.toEpochMilli(), (toldBefore == null) ? -1L : 0L,
				(toldBefore == null) ? Long.MAX_VALUE : toldBefore.toEpochMilli(), DumpRepository.PAGE),
				ExpiryBlocker::key);
	}

	/**
	 * The newest dumps of each workload of a volume that were written since an instant.
	 * One that claims to be from the future is as old as when it was first seen.
	 */
	Set<String> newest(String volume, int count, Instant since, Instant now) {
		return new HashSet<>(this.jdbc.query(String.format(Locale.ROOT, """
				SELECT object_key FROM (SELECT object_key, %1$s AS ages_from, %2$s AS place FROM dump
				WHERE volume = ? AND present = TRUE) ranked
				WHERE place <= ? AND ages_from > ?""", FileTimes.trusted(now), place(FileTimes.trusted(now))),
				(row, number) -> DumpRepository.key(row, 1), volume, count, since.toEpochMilli()));
	}

	/**
	 * Which of its owner's newest dumps a row is, from 1 on. Only whole dumps take a
	 * place: anybody can make files that are empty, cut off or no dumps, and date them as
	 * he likes. What may be whole is counted so that it pushes out none of these: a dump
	 * whose end was not found is counted among the whole ones and its like, and one that
	 * waits for a look behind the whole ones that are newer.
	 * @param agesFrom from when a dump's age counts, in SQL
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

	/** Those whose files claim to be from the future. */
	Iterator<FutureDump> fromTheFuture(String volume, Instant now) {
		return new KeysetIterator<>(DumpRepository.PAGE, (after) -> this.jdbc.query("""
				SELECT object_key, last_modified, first_seen FROM dump WHERE volume = ? AND present = TRUE
				AND object_key > ? AND last_modified > ? ORDER BY object_key LIMIT ?""",
				(row, number) -> new FutureDump(DumpRepository.key(row, 1), DumpRepository.instant(row, 2),
						DumpRepository.instant(row, 3)),
				volume, after, FileTimes.horizon(now), DumpRepository.PAGE), FutureDump::key);
	}

}
