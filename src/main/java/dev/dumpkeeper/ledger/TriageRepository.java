package dev.dumpkeeper.ledger;

import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.hprof.Death;
import dev.dumpkeeper.text.SafeText;

/**
 * The dumps that are due for triage, and the results of triage.
 */
final class TriageRepository {

	private final DumpRepository dumps;

	private final JdbcTemplate jdbc;

	TriageRepository(DumpRepository dumps) {
		this.dumps = dumps;
		this.jdbc = dumps.jdbc();
	}

	/**
	 * Returns the dumps of a volume that are due for triage: the longest waiting of each
	 * owner, then the second of each, and so on, so that the many dumps of one owner do
	 * not delay others.
	 * @param before dumps triaged since are excluded
	 */
	List<Due> due(String volume, Instant before) {
		return this.jdbc.query(
				String.format(Locale.ROOT,
						"""
								SELECT id, object_key, size, last_modified, state, receipt_at, fragment_at, first_seen, environment, workload, pod, directory
								FROM (SELECT id, object_key, size, last_modified, state, receipt_at, fragment_at, first_seen, environment, workload, pod,
								directory, %1$s AS waits_from, ROW_NUMBER() OVER (
								PARTITION BY environment, workload, directory ORDER BY %1$s, id) AS place
								FROM dump WHERE triage_due = TRUE AND volume = ? AND (triaged_at IS NULL OR triaged_at < ?)) waiting
								ORDER BY place, waits_from, id LIMIT ?""",
						DumpRepository.WAITS_FROM),
				(row, number) -> new Due(row.getLong(1), DumpRepository.key(row, 2), row.getLong(3),
						DumpRepository.instant(row, 4), DumpState.valueOf(row.getString(5)),
						DumpRepository.nullable(row, 6), DumpRepository.nullable(row, 7),
						DumpRepository.instant(row, 8),
						new DumpOrigin(row.getString(9), row.getString(10), row.getString(11), row.getString(12))),
				volume, before.toEpochMilli(), DumpRepository.PAGE);
	}

	/** Records that triage was done or tried, so that these dumps wait from now on. */
	void recordAttempts(Collection<Long> ids, Instant now) {
		this.jdbc.batchUpdate("UPDATE dump SET triaged_at = ? WHERE id = ?", ids, DumpRepository.BATCH,
				(statement, id) -> {
					statement.setLong(1, now.toEpochMilli());
					statement.setLong(2, id);
				});
	}

	void found(Collection<Found> dumps, Instant now) {
		this.dumps.together(() -> this.jdbc.batchUpdate(
				"""
						UPDATE dump SET state = ?, reason = ?, triage_due = ?, died_at = ?, environment = ?, workload = ?, pod = ?,
						directory = ?, project = ?, notified_at = COALESCE(notified_at, ?), notified_by = COALESCE(notified_by, ?), cause = ?, fingerprint = ?,
						top_frame = ?, contents_due = ? WHERE id = ? AND size = ? AND last_modified = ?""",
				dumps, DumpRepository.BATCH, (statement, found) -> {
					statement.setString(1, found.state().name());
					statement.setString(2, SafeText.cut(found.reason(), 500));
					statement.setObject(3, found.state().isOpen() ? Boolean.TRUE : null, Types.BOOLEAN);
					statement.setObject(4, DumpRepository.millis(found.diedAt()), Types.BIGINT);
					statement.setString(5, found.origin().environment());
					statement.setString(6, found.origin().workload());
					statement.setString(7, found.origin().pod());
					statement.setString(8, found.origin().directory());
					statement.setString(9, found.project());
					statement.setObject(10, found.isNotified() ? now.toEpochMilli() : null, Types.BIGINT);
					statement.setObject(11, found.isNotified() ? "NOTIFIER" : null, Types.VARCHAR);
					DumpCause cause = (found.death() != null) ? DumpCause.of(found.death()) : null;
					statement.setString(12, (cause != null) ? cause.kind().name() : null);
					statement.setString(13, (cause != null) ? cause.fingerprint() : null);
					statement.setString(14, (cause != null) ? cause.topFrame() : null);
					statement.setObject(15, found.state().hasHeap() ? Boolean.TRUE : null, Types.BOOLEAN);
					statement.setLong(16, found.due().id());
					// A concurrent scan may have seen the dump grow.
					statement.setLong(17, found.due().size());
					statement.setLong(18, found.due().lastModified().toEpochMilli());
				}));
	}

	/** A row that is due for triage. */
	record Due(long id, String key, long size, Instant lastModified, DumpState state, @Nullable Instant receiptAt,
			@Nullable Instant fragmentAt, Instant firstSeen, DumpOrigin origin) {

	}

	/** A result of triage. */
	record Found(Due due, DumpState state, String reason, @Nullable Instant diedAt, DumpOrigin origin, String project,
			boolean isNotified, @Nullable Death death) {

	}

}
