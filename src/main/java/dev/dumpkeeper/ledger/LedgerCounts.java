package dev.dumpkeeper.ledger;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.ledger.DumpLedger.LedgerSpan;
import dev.dumpkeeper.ledger.DumpLedger.LedgerTotals;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;

/**
 * Counts dumps for reports and metrics.
 */
final class LedgerCounts {

	private final JdbcTemplate jdbc;

	LedgerCounts(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	long unnotified() {
		Long count = this.jdbc.queryForObject(
				"SELECT COUNT(*) FROM dump WHERE present = TRUE AND notified_at IS NULL AND state <> 'ORPHANED_RECEIPT'",
				Long.class);
		return (count != null) ? count : 0;
	}

	LedgerTotals totals(Instant now) {
		long[] sums = new long[9];
		this.jdbc
			.query("SELECT COUNT(*), COALESCE(SUM(size), 0), COALESCE(SUM(CASE WHEN notified_at IS NULL AND state <> 'ORPHANED_RECEIPT' THEN 1 ELSE 0 END), 0),"
					+ " COALESCE(SUM(CASE WHEN notified_at IS NULL AND state <> 'ORPHANED_RECEIPT' THEN size ELSE 0 END), 0),"
					+ " COALESCE(SUM(CASE WHEN state = 'WRITING' THEN 1 ELSE 0 END), 0),"
					+ " COALESCE(SUM(CASE WHEN state = 'NEW' THEN 1 ELSE 0 END), 0),"
					+ " COALESCE(SUM(CASE WHEN held_until > ? THEN 1 ELSE 0 END), 0),"
					+ " COALESCE(SUM(CASE WHEN held_until > ? THEN size ELSE 0 END), 0),"
					+ " COALESCE(SUM(CASE WHEN last_modified > ? THEN 1 ELSE 0 END), 0)"
					+ " FROM dump WHERE present = TRUE", (row) -> {
						for (int i = 0; i < sums.length; i++) {
							sums[i] = row.getLong(i + 1);
						}
					}, now.toEpochMilli(), now.toEpochMilli(), FileTimes.horizon(now));
		return new LedgerTotals(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7], sums[8]);
	}

	LedgerSpan span(Instant from, Instant to) {
		List<UnnotifiedGroup> seen = this.jdbc.query(
				"SELECT environment, workload, COUNT(*), SUM(size), MIN(first_seen), MAX(first_seen) FROM dump"
						+ " WHERE first_seen >= ? AND first_seen < ? AND state <> 'ORPHANED_RECEIPT'"
						+ " GROUP BY environment, workload ORDER BY COUNT(*) DESC, environment, workload",
				(row, number) -> new UnnotifiedGroup(row.getString(1), row.getString(2), "", "", "", row.getLong(3),
						row.getLong(4), DumpRepository.instant(row, 5), DumpRepository.instant(row, 6), Map.of(), 1,
						List.of()),
				from.toEpochMilli(), to.toEpochMilli());
		return new LedgerSpan(seen, count("COUNT(*)", "notified_at >= ? AND notified_at < ?", from, to),
				count("COUNT(*)", "fate = 'EXPIRED' AND gone_at >= ? AND gone_at < ?", from, to),
				count("SUM(size)", "fate = 'EXPIRED' AND gone_at >= ? AND gone_at < ?", from, to),
				count("COUNT(*)", "fate = 'VANISHED' AND gone_at >= ? AND gone_at < ?", from, to));
	}

	private long count(String what, String condition, Instant from, Instant to) {
		Long count = this.jdbc.queryForObject("SELECT COALESCE(" + what + ", 0) FROM dump WHERE " + condition,
				Long.class, from.toEpochMilli(), to.toEpochMilli());
		return (count != null) ? count : 0;
	}

	/**
	 * Returns when pods left their newest dumps. Anybody who writes to a volume can
	 * invent pods, so the earliest ones are kept: a label then changes only when its pod
	 * leaves the period.
	 */
	Map<String, Instant> podsSeen(Instant since, int most) {
		Map<String, Instant> pods = new LinkedHashMap<>();
		this.jdbc.query(
				"SELECT pod, MAX(first_seen) FROM dump WHERE first_seen >= ? AND pod <> '' AND state <> 'ORPHANED_RECEIPT'"
						+ " GROUP BY pod ORDER BY MIN(first_seen), pod LIMIT ?",
				(row) -> {
					pods.put(row.getString(1), DumpRepository.instant(row, 2));
				}, since.toEpochMilli(), most);
		return pods;
	}

}
