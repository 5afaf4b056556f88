package dev.dumpkeeper.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.hprof.Holders;

/**
 * The known failures: OutOfMemoryErrors with the same stack.
 */
public final class FailureRepository {

	private static final int BATCH = 500;

	private final JdbcTemplate jdbc;

	FailureRepository(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	void keep(Map<String, String> stacks, Instant now) {
		Set<String> known = new HashSet<>();
		List<String> all = List.copyOf(stacks.keySet());
		if (!all.isEmpty()) {
			known.addAll(this.jdbc.queryForList(
					"SELECT fingerprint FROM failure WHERE fingerprint IN (" + DumpRepository.marks(all.size()) + ")",
					String.class, all.toArray()));
		}
		stacks.forEach((fingerprint, stack) -> {
			if (!known.contains(fingerprint)) {
				try {
					this.jdbc.update("INSERT INTO failure (fingerprint, first_seen, stack) VALUES (?, ?, ?)",
							fingerprint, now.toEpochMilli(), stack);
				}
				catch (DuplicateKeyException ex) {
					// Another process stored it at the same time.
				}
			}
		});
	}

	/**
	 * Counts the dumps of failures, including those that are gone while the ledger has a
	 * record of them.
	 * @param fingerprints the failures
	 * @return by fingerprint, without failures that no dump has
	 */
	public Map<String, FailureStatistics> statistics(Collection<String> fingerprints) {
		Map<String, FailureStatistics> statistics = new HashMap<>();
		List<String> all = List.copyOf(new HashSet<>(fingerprints));
		for (int from = 0; from < all.size(); from += BATCH) {
			count(all.subList(from, Math.min(from + BATCH, all.size())), statistics);
		}
		return statistics;
	}

	private void count(List<String> some, Map<String, FailureStatistics> statistics) {
		this.jdbc.query(String.format(Locale.ROOT,
				"""
						SELECT fingerprint, SUM(dumps), MIN(first_death), COUNT(*) FROM (SELECT fingerprint, environment, workload,
						COUNT(*) AS dumps, MIN(COALESCE(died_at, last_modified)) AS first_death FROM dump WHERE fingerprint IN (%s)
						GROUP BY fingerprint, environment, workload) seen GROUP BY fingerprint""",
				DumpRepository.marks(some.size())), (row) -> {
					statistics.put(row.getString(1), new FailureStatistics(row.getLong(2),
							DumpRepository.instant(row, 3), row.getLong(4), null, 0));
				}, some.toArray());
		this.jdbc.query(String.format(Locale.ROOT,
				"""
						SELECT d.fingerprint, c.top_class, c.top_share, c.holder_kind, c.holder_name, c.holder_permille,
						c.holder_earlier
						FROM dump_contents c JOIN dump d ON d.id = c.dump_id
						WHERE d.fingerprint IN (%s) AND c.top_class IS NOT NULL ORDER BY c.read_at DESC, c.dump_id DESC LIMIT 1000""",
				DumpRepository.marks(some.size())), (row) -> {
					FailureStatistics without = statistics.get(row.getString(1));
					if (without != null && without.topClass() == null) {
						statistics.put(row.getString(1), new FailureStatistics(without.dumps(), without.since(),
								without.workloads(), row.getString(2), row.getInt(3), heldBy(row)));
					}
				}, some.toArray());
	}

	private static @Nullable HeldBy heldBy(ResultSet row) throws SQLException {
		String kind = row.getString(4);
		return (kind == null) ? null : new HeldBy(Holders.Kind.valueOf(kind),
				Objects.requireNonNullElse(row.getString(5), ""), row.getInt(6), row.getObject(7, Integer.class));
	}

	/**
	 * Returns the stack of a failure.
	 * @param fingerprint the failure's fingerprint
	 * @return the frames, one on each line, as they were first seen, or empty for an
	 * unknown failure
	 */
	public Optional<String> stack(String fingerprint) {
		return this.jdbc.queryForList("SELECT stack FROM failure WHERE fingerprint = ?", String.class, fingerprint)
			.stream()
			.findFirst();
	}

	/**
	 * Returns when and where a failure was seen lately.
	 * @param fingerprint the failure
	 * @param last the last day that counts
	 * @param span how many days count
	 * @param zone the zone of these days
	 * @return the course of its newest dumps, there or gone; nothing for an unknown one
	 */
	public FailureCourse course(String fingerprint, LocalDate last, int span, ZoneId zone) {
		FailureCourse.Collector course = new FailureCourse.Collector(last, span, zone);
		this.jdbc
			.query("SELECT id, first_seen, environment, workload, pod FROM dump /*! USE INDEX (dump_by_fingerprint) */"
					+ " WHERE fingerprint = ? ORDER BY id DESC LIMIT " + (FailureCourse.MOST_DUMPS + 1), (row) -> {
						course.add(row);
					}, fingerprint);
		return course.result();
	}

	/** Removes failures that no dump has. */
	void forget(Instant before) {
		// Not by NOT EXISTS: H2 has no index here and would read all dumps for each
		// failure.
		this.jdbc.update("DELETE FROM failure WHERE first_seen < ? AND fingerprint NOT IN"
				+ " (SELECT fingerprint FROM dump WHERE fingerprint IS NOT NULL)", before.toEpochMilli());
	}

	/**
	 * Statistics of a failure.
	 *
	 * @param dumps how many dumps
	 * @param since when the first JVM died of it
	 * @param workloads in how many workloads it occurred
	 * @param topClass the class with the largest share of the last heap that was read,
	 * {@code null} if none was
	 * @param topShare its share in percent
	 * @param heldBy the largest holder of that heap; {@code null} if it is unknown or
	 * holds less than 5 %
	 */
	public record FailureStatistics(long dumps, Instant since, long workloads, @Nullable String topClass, int topShare,
			@Nullable HeldBy heldBy) {

		/**
		 * Creates statistics without a holder.
		 * @param dumps how many dumps
		 * @param since when the first JVM died of it
		 * @param workloads in how many workloads it occurred
		 * @param topClass the class with the largest share of a heap, or {@code null}
		 * @param topShare its share in percent
		 */
		public FailureStatistics(long dumps, Instant since, long workloads, @Nullable String topClass, int topShare) {
			this(dumps, since, workloads, topClass, topShare, null);
		}

	}

	/**
	 * The largest holder of a heap.
	 *
	 * @param kind the kind of holder
	 * @param name of the field, method or class; empty if there is none
	 * @param permille its share of the heap's bytes, in thousandths
	 * @param earlierPermille its share in the workload's dump before, {@code null} where
	 * that is not known
	 */
	public record HeldBy(Holders.Kind kind, String name, int permille, @Nullable Integer earlierPermille) {

	}

}
