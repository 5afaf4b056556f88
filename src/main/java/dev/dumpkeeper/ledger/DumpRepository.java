package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.scan.ScannedObject;
import dev.dumpkeeper.text.SafeText;

/**
 * The rows of the ledger. There may be millions, so they are read in pages in the order
 * of a listing, and only differences are written.
 */
final class DumpRepository {

	private static final Logger logger = LoggerFactory.getLogger(DumpRepository.class);

	static final int PAGE = 2000;

	static final int BATCH = 500;

	/**
	 * How long a key that is written repeatedly waits for a report after two within this
	 * time; short enough for an hourly pass to report it each time.
	 */
	private static final Duration TELL_TWICE_WITHIN = Duration.ofMinutes(50);

	/** Whether triage has found the content of a heap dump. */
	static final String PROVEN = "(state = 'COMPLETE' OR state IN ('TRUNCATED', 'UNKNOWN') AND died_at IS NOT NULL)";

	private static final String DUMP_COLUMNS = "id, volume, object_key, size, last_modified, first_seen, state, environment, workload, pod, notified_at, held_until, held_by, hold_reason, "
			+ PROVEN;

	static final String WAITS_FROM = "COALESCE(triaged_at, first_seen)";

	private static final String LISTED_COLUMNS = "id, object_key, size, last_modified, state, receipt_at, fragment_at";

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	DumpRepository(JdbcTemplate jdbc, TransactionTemplate transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/** Returns the present dumps of a volume after a name, in the order of a listing. */
	Iterator<Listed> listed(String volume, String from) {
		return new KeysetIterator<>(PAGE, bytes(from), (after) -> this.jdbc.query("SELECT " + LISTED_COLUMNS
				+ " FROM dump WHERE volume = ? AND present = TRUE AND object_key > ? ORDER BY object_key LIMIT ?",
				DumpRepository::listed, volume, after, PAGE), Listed::key);
	}

	List<Listed> listedOf(String volume, ObjectKey key) {
		return this.jdbc.query(
				"SELECT " + LISTED_COLUMNS + " FROM dump WHERE volume = ? AND present = TRUE AND object_key = ?",
				DumpRepository::listed, volume, key.bytes());
	}

	private static Listed listed(ResultSet row, int number) throws SQLException {
		return new Listed(row.getLong(1), key(row, 2), row.getLong(3), instant(row, 4),
				DumpState.valueOf(row.getString(5)), nullable(row, 6), nullable(row, 7));
	}

	/**
	 * Adds new dumps, which are due for triage. A dump that was added meanwhile by a hold
	 * is left unchanged. A hold carries over to whatever is written under its key later.
	 */
	void insert(String volume, Collection<Seen> dumps, Function<String, DumpOrigin> origins, Instant now) {
		try {
			insertAll(volume, dumps, origins, now);
		}
		catch (DuplicateKeyException ex) {
			dumps.stream()
				.filter((dump) -> find(volume, new ObjectKey(dump.object().name())).isEmpty())
				.forEach((dump) -> insertAll(volume, List.of(dump), origins, now));
		}
		inheritHolds(volume, dumps, now);
	}

	private void inheritHolds(String volume, Collection<Seen> dumps, Instant now) {
		Map<String, List<@Nullable Object>> holds = new HashMap<>();
		this.jdbc.query("""
				SELECT object_key, held_until, held_by, hold_reason FROM dump
				WHERE held_until > ? AND volume = ? AND present IS NULL ORDER BY id""", (row) -> {
			holds.put(key(row, 1), Arrays.asList(row.getLong(2), row.getString(3), row.getString(4)));
		}, now.toEpochMilli(), volume);
		for (Seen dump : holds.isEmpty() ? List.<Seen>of() : dumps) {
			List<@Nullable Object> hold = holds.get(dump.object().name());
			if (hold != null && this.jdbc.update("""
					UPDATE dump SET held_until = ?, held_by = ?, hold_reason = ?
					WHERE volume = ? AND present = TRUE AND object_key = ? AND held_until IS NULL""", hold.get(0),
					hold.get(1), hold.get(2), volume, bytes(dump.object().name())) > 0) {
				logger.warn("{}: {} is held by {} and was written again; the hold continues", volume,
						SafeText.oneLine(dump.object().name()), hold.get(1));
			}
		}
	}

	/**
	 * Returns when keys that were reported twice recently may be reported again, so that
	 * a file which is touched repeatedly does not crowd out other dumps.
	 */
	private Map<String, Long> notifyAfter(String volume, Instant now) {
		Map<String, Long> after = new HashMap<>();
		this.jdbc
			.query("""
					SELECT object_key, MAX(COALESCE(notified_at, ?)) FROM dump WHERE volume = ? AND present IS NULL
					AND (notified_at > ? OR notified_at IS NULL AND message_id IS NOT NULL) GROUP BY object_key HAVING COUNT(*) > 1""",
					(row) -> {
						after.put(key(row, 1), row.getLong(2) + TELL_TWICE_WITHIN.toMillis());
					}, now.toEpochMilli(), volume, now.minus(TELL_TWICE_WITHIN).toEpochMilli());
		return after;
	}

	private void insertAll(String volume, Collection<Seen> dumps, Function<String, DumpOrigin> origins, Instant now) {
		Map<String, Long> notifyAfter = dumps.isEmpty() ? Map.of() : notifyAfter(volume, now);
		this.jdbc.batchUpdate(
				"""
						INSERT INTO dump (volume, present, object_key, size, last_modified, state, triage_due, environment, workload,
						pod, directory, project, receipt_at, fragment_at, first_seen, notify_after)
						VALUES (?, TRUE, ?, ?, ?, 'NEW', TRUE, ?, ?, ?, ?, '', ?, ?, ?, ?)""",
				dumps, BATCH, (statement, dump) -> {
					DumpOrigin origin = origins.apply(dump.object().name());
					statement.setString(1, volume);
					statement.setBytes(2, bytes(dump.object().name()));
					statement.setLong(3, dump.object().size());
					statement.setLong(4, dump.object().lastModified().toEpochMilli());
					statement.setString(5, origin.environment());
					statement.setString(6, origin.workload());
					statement.setString(7, origin.pod());
					statement.setString(8, origin.directory());
					statement.setObject(9, millis(dump.receiptAt()), Types.BIGINT);
					statement.setObject(10, millis(dump.fragmentAt()), Types.BIGINT);
					statement.setLong(11, now.toEpochMilli());
					statement.setObject(12, notifyAfter.get(dump.object().name()), Types.BIGINT);
				});
	}

	/**
	 * Updates dumps that grew or got a receipt or a fragment, which are due for triage
	 * again. A dump that grew counts as not compared with other keys. MySQL assigns
	 * columns in order, so these are set first.
	 */
	void update(Collection<Seen> dumps) {
		this.jdbc.batchUpdate("""
				UPDATE dump SET compared = (compared AND size = ? AND last_modified = ?),
				has_duplicate = (has_duplicate AND size = ? AND last_modified = ?), size = ?, last_modified = ?,
				receipt_at = ?, fragment_at = ?, triage_due = TRUE WHERE id = ?""", dumps, BATCH, (statement, dump) -> {
			for (int column = 1; column < 6; column += 2) {
				statement.setLong(column, dump.object().size());
				statement.setLong(column + 1, dump.object().lastModified().toEpochMilli());
			}
			statement.setObject(7, millis(dump.receiptAt()), Types.BIGINT);
			statement.setObject(8, millis(dump.fragmentAt()), Types.BIGINT);
			statement.setLong(9, dump.knownId());
		});
	}

	/** Ends rows whose objects are gone or were replaced. */
	void end(Collection<Long> ids, Fate fate, Instant at, @Nullable Instant lastSeen) {
		this.jdbc.batchUpdate(
				"UPDATE dump SET present = NULL, triage_due = NULL, contents_due = NULL, fate = ?, gone_at = ?, last_seen = ? WHERE id = ? AND present = TRUE",
				ids, BATCH, (statement, id) -> {
					statement.setString(1, fate.name());
					statement.setLong(2, at.toEpochMilli());
					statement.setObject(3, millis(lastSeen), Types.BIGINT);
					statement.setLong(4, id);
				});
	}

	/** Runs changes in one transaction, so that a kill leaves all or none of them. */
	void together(Runnable changes) {
		this.transaction.executeWithoutResult((status) -> changes.run());
	}

	void expire(String volume, List<ObjectKey> keys, long plan, Instant at) {
		for (int from = 0; from < keys.size(); from += BATCH) {
			List<ObjectKey> some = keys.subList(from, Math.min(from + BATCH, keys.size()));
			List<Object> arguments = new ArrayList<>(List.of(plan, at.toEpochMilli(), at.toEpochMilli(), volume));
			some.forEach((key) -> arguments.add(key.bytes()));
			this.jdbc.update(
					"UPDATE dump SET present = NULL, triage_due = NULL, contents_due = NULL, fate = 'EXPIRED', plan_id = ?, gone_at = ?, last_seen = ?"
							+ " WHERE volume = ? AND present = TRUE AND object_key IN (" + marks(some.size()) + ")",
					arguments.toArray());
		}
	}

	/** Returns the volumes with dumps due for triage, the longest waiting first. */
	List<String> dueVolumes() {
		return this.jdbc.queryForList("SELECT volume FROM dump WHERE triage_due = TRUE GROUP BY volume ORDER BY MIN("
				+ WAITS_FROM + "), volume", String.class);
	}

	Set<String> held(String volume, Instant now) {
		return new HashSet<>(
				this.jdbc.query("SELECT object_key FROM dump WHERE present = TRUE AND volume = ? AND held_until > ?",
						(row, number) -> key(row, 1), volume, now.toEpochMilli()));
	}

	Optional<Dump> find(String volume, ObjectKey key) {
		return this.jdbc
			.query("SELECT " + DUMP_COLUMNS + " FROM dump WHERE volume = ? AND present = TRUE AND object_key = ?",
					DumpRepository::dump, volume, key.bytes())
			.stream()
			.findFirst();
	}

	Optional<Dump> find(long id) {
		return this.jdbc
			.query("SELECT " + DUMP_COLUMNS + " FROM dump WHERE id = ? AND present = TRUE", DumpRepository::dump, id)
			.stream()
			.findFirst();
	}

	List<Dump> find(Collection<Long> ids) {
		List<Dump> dumps = new ArrayList<>();
		List<Long> all = List.copyOf(ids);
		for (int from = 0; from < all.size(); from += BATCH) {
			List<Long> some = all.subList(from, Math.min(from + BATCH, all.size()));
			dumps.addAll(this.jdbc.query(
					"SELECT " + DUMP_COLUMNS + " FROM dump WHERE id IN (" + marks(some.size()) + ") AND present = TRUE",
					DumpRepository::dump, some.toArray()));
		}
		return dumps;
	}

	/** Holds or releases a key, replacing an earlier hold. */
	void hold(Dump dump, @Nullable Instant until, @Nullable String by, @Nullable String why) {
		this.transaction.executeWithoutResult((status) -> {
			this.jdbc.update("""
					UPDATE dump SET held_until = NULL
					WHERE volume = ? AND present IS NULL AND object_key = ? AND held_until IS NOT NULL""",
					dump.volume(), bytes(dump.key()));
			this.jdbc.update("UPDATE dump SET held_until = ?, held_by = ?, hold_reason = ? WHERE id = ?", millis(until),
					by, why, dump.id());
		});
	}

	void forget(Instant before) {
		this.jdbc.update("DELETE FROM dump WHERE gone_at < ?", before.toEpochMilli());
	}

	JdbcTemplate jdbc() {
		return this.jdbc;
	}

	private static Dump dump(ResultSet row, int number) throws SQLException {
		return new Dump(row.getLong(1), row.getString(2), key(row, 3), row.getLong(4), instant(row, 5), instant(row, 6),
				DumpState.valueOf(row.getString(7)),
				new DumpOrigin(row.getString(8), row.getString(9), row.getString(10)), nullable(row, 11),
				nullable(row, 12), row.getString(13), row.getString(14), row.getBoolean(15));
	}

	static String key(ResultSet row, int column) throws SQLException {
		return text(row.getBytes(column));
	}

	static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	static Instant instant(ResultSet row, int column) throws SQLException {
		return Instant.ofEpochMilli(row.getLong(column));
	}

	static @Nullable Instant nullable(ResultSet row, int column) throws SQLException {
		long millis = row.getLong(column);
		return row.wasNull() ? null : Instant.ofEpochMilli(millis);
	}

	static @Nullable Long millis(@Nullable Instant instant) {
		return (instant != null) ? instant.toEpochMilli() : null;
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static String marks(int count) {
		return String.join(", ", Collections.nCopies(count, "?"));
	}

	/**
	 * A present row.
	 *
	 * @param receiptAt when its receipt was written, {@code null} without one
	 * @param fragmentAt when its newest fragment was written, {@code null} without one
	 */
	record Listed(long id, String key, long size, Instant lastModified, DumpState state, @Nullable Instant receiptAt,
			@Nullable Instant fragmentAt) {

	}

	/**
	 * A dump in a listing, with its companions.
	 *
	 * @param knownId its row, 0 for a new one
	 */
	record Seen(ScannedObject object, long knownId, @Nullable Instant receiptAt, @Nullable Instant fragmentAt) {

	}

	/** Why an object is no longer present. */
	enum Fate {

		/** Expired by a plan. */
		EXPIRED,

		/** Removed by somebody else. */
		VANISHED,

		/** Written again, which makes it another dump. */
		REPLACED

	}

}
