package dev.dumpkeeper.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.hprof.HeapContents.ClassCount;
import dev.dumpkeeper.hprof.Holders;
import dev.dumpkeeper.hprof.Holders.Holder;
import dev.dumpkeeper.ledger.DumpContents.ReadDump;
import dev.dumpkeeper.text.SafeText;

/**
 * Stores the contents of heaps.
 */
final class DumpContentsRepository {

	/** How many classes are kept of each dump: enough to see which grew. */
	private static final int CLASSES = 500;

	/** The most dumps of a volume that one run reads. */
	private static final int PAGE = 2000;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final JsonMapper json = JsonMapper.shared();

	DumpContentsRepository(JdbcTemplate jdbc, TransactionTemplate transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/**
	 * Returns the volumes with dumps to read, ordered by how long each has waited since
	 * one of its dumps became due or was read.
	 */
	List<String> dueVolumes() {
		return this.jdbc.queryForList("""
				SELECT w.volume FROM (SELECT volume, MIN(first_seen) AS since FROM dump
				WHERE contents_due = TRUE AND present = TRUE GROUP BY volume) w
				LEFT JOIN (SELECT d.volume AS volume, MAX(c.read_at) AS served FROM dump_contents c
				JOIN dump d ON d.id = c.dump_id GROUP BY d.volume) s ON s.volume = w.volume
				ORDER BY GREATEST(w.since, COALESCE(s.served, 0)), w.volume""", String.class);
	}

	/**
	 * Returns the dumps of a volume to read: the oldest of each owner, then the second
	 * oldest, and so on, so that the many dumps of one owner do not delay others. Owners
	 * are ordered by waiting time.
	 */
	List<DueDump> due(String volume) {
		return this.jdbc.query(
				"""
						SELECT d.id, d.volume, d.object_key, d.size, d.last_modified, d.first_seen, d.contents_attempts FROM (
						SELECT id, volume, object_key, size, last_modified, first_seen, contents_attempts, environment, workload,
						directory, ROW_NUMBER() OVER (PARTITION BY environment, workload, directory ORDER BY id) AS place
						FROM dump WHERE contents_due = TRUE AND present = TRUE AND volume = ?) d
						LEFT JOIN (SELECT environment, workload, directory, MAX(c.read_at) AS served FROM dump_contents c
						JOIN dump ON dump.id = c.dump_id WHERE volume = ? GROUP BY environment, workload, directory) s
						ON s.environment = d.environment AND s.workload = d.workload AND s.directory = d.directory
						ORDER BY d.place, GREATEST(d.first_seen, COALESCE(s.served, 0)), d.id LIMIT ?""",
				DumpContentsRepository::due, volume, volume, PAGE);
	}

	/** Returns a dump if its heap is to be read. */
	Optional<DueDump> due(long dump) {
		return this.jdbc.query("""
				SELECT id, volume, object_key, size, last_modified, first_seen, contents_attempts FROM dump
				WHERE id = ? AND contents_due = TRUE AND present = TRUE""", DumpContentsRepository::due, dump)
			.stream()
			.findFirst();
	}

	private static DueDump due(ResultSet row, int number) throws SQLException {
		return new DueDump(row.getLong(1), row.getString(2), DumpRepository.key(row, 3), row.getLong(4),
				DumpRepository.instant(row, 5), DumpRepository.instant(row, 6), row.getInt(7));
	}

	long countDue() {
		Long count = this.jdbc.queryForObject("SELECT COUNT(*) FROM dump WHERE contents_due = TRUE AND present = TRUE",
				Long.class);
		return (count != null) ? count : 0;
	}

	/** Stores the result; a dump that was written meanwhile stays due. */
	void save(DueDump dump, HeapContents read, Instant at) {
		HeapContents contents = (read.holders() != null) ? before(dump.id()).map(read::since).orElse(read) : read;
		HeapContents kept = contents.withMostClasses(CLASSES);
		Optional<ClassCount> top = contents.classes().stream().findFirst();
		Optional<Holder> holder = Optional.ofNullable(contents.holders()).flatMap(Holders::significant);
		this.transaction.executeWithoutResult((status) -> {
			int same = this.jdbc.update(
					"UPDATE dump SET contents_due = NULL WHERE id = ? AND size = ? AND last_modified = ?", dump.id(),
					dump.size(), dump.lastModified().toEpochMilli());
			if (same == 0) {
				return;
			}
			settle(dump, contents);
			this.jdbc.update("DELETE FROM dump_contents WHERE dump_id = ?", dump.id());
			this.jdbc.update(
					"""
							INSERT INTO dump_contents (dump_id, read_at, state, file_bytes, top_class, top_share, sentence, contents,
							holder_kind, holder_name, holder_permille, holder_earlier)
							VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
					dump.id(), at.toEpochMilli(), contents.state().name(), contents.fileBytes(),
					top.map((type) -> SafeText.cut(type.name(), 300)).orElse(null),
					top.map((type) -> share(type, contents)).orElse(null),
					SafeText.cut(contents.sentence().isEmpty() ? contents.reason() : contents.sentence(), 1000),
					this.json.writeValueAsString(kept), holder.map((held) -> held.kind().name()).orElse(null),
					holder.map((held) -> SafeText.cut(held.name(), 300)).orElse(null),
					holder.map(Holder::permille).orElse(null), holder.map(Holder::earlierPermille).orElse(null));
		});
	}

	/** A complete reading determines the state more reliably than triage does. */
	private void settle(DueDump dump, HeapContents contents) {
		if (contents.state() == HeapContents.State.WHOLE) {
			this.jdbc.update(
					"UPDATE dump SET state = 'COMPLETE', reason = '' WHERE id = ? AND state IN ('TRUNCATED', 'UNKNOWN')",
					dump.id());
		}
		else if (contents.state() == HeapContents.State.TRUNCATED) {
			this.jdbc.update(
					"UPDATE dump SET state = 'TRUNCATED', reason = ? WHERE id = ? AND state IN ('COMPLETE', 'UNKNOWN')",
					SafeText.cut(contents.reason(), 500), dump.id());
		}
	}

	/**
	 * Counts the processes in a row that began to read a dump and ended abruptly,
	 * including this one until {@link #readingEnded}.
	 */
	void readingBegins(DueDump dump) {
		this.jdbc.update("UPDATE dump SET contents_attempts = contents_attempts + 1 WHERE id = ?", dump.id());
	}

	/** Resets the crash counter: the reading ended, successfully or not. */
	void readingEnded(DueDump dump) {
		this.jdbc.update("UPDATE dump SET contents_attempts = 0 WHERE id = ?", dump.id());
	}

	private static int share(ClassCount type, HeapContents contents) {
		return (int) Math.round(100.0 * type.shallowBytes() / Math.max(1, contents.shallowBytes()));
	}

	Optional<HeapContents> of(long dump) {
		return this.jdbc.queryForList("SELECT contents FROM dump_contents WHERE dump_id = ?", String.class, dump)
			.stream()
			.findFirst()
			.map(this::contents);
	}

	/** Returns the last completely read heap of an earlier dump of the same workload. */
	Optional<EarlierHeap> earlier(Dump dump) {
		return this.jdbc
			.query("""
					SELECT d.object_key, COALESCE(d.died_at, d.last_modified), c.contents FROM dump d
					JOIN dump_contents c ON c.dump_id = d.id WHERE d.environment = ? AND d.workload = ? AND c.state = 'WHOLE'
					AND d.id <> ? AND d.last_modified <= ?
					AND (d.workload <> '' OR d.directory <> '' AND d.directory = (SELECT o.directory FROM dump o WHERE o.id = ?))
					ORDER BY d.last_modified DESC, d.id DESC LIMIT 1""",
					(row, number) -> new EarlierHeap(DumpRepository.key(row, 1), DumpRepository.instant(row, 2),
							contents(row.getString(3))),
					dump.origin().environment(), dump.origin().workload(), dump.id(),
					dump.lastModified().toEpochMilli(), dump.id())
			.stream()
			.findFirst();
	}

	/**
	 * Returns the number of the last completely read heap of a workload before a dump, in
	 * the order in which they were seen; looks through a hundred present dumps and as
	 * many that are gone.
	 */
	Optional<Long> before(long dump, String environment, String workload) {
		String some = "SELECT id, environment FROM dump /*! USE INDEX (dump_list_by_workload) */ WHERE workload = ? AND present %s AND id < ? ORDER BY id DESC LIMIT 100";
		return this.jdbc
			.queryForList("SELECT MAX(d.id) FROM ((" + String.format(Locale.ROOT, some, "= TRUE") + ") UNION ALL ("
					+ String.format(Locale.ROOT, some, "IS NULL")
					+ ")) d JOIN dump_contents c ON c.dump_id = d.id WHERE d.environment = ? AND c.state = 'WHOLE'",
					Long.class, workload, dump, workload, dump, environment)
			.stream()
			.filter(Objects::nonNull)
			.findFirst();
	}

	/** Returns the last completely read heap of its workload before a dump. */
	private Optional<HeapContents> before(long dump) {
		return this.jdbc
			.query("SELECT environment, workload FROM dump WHERE id = ? AND workload <> ''",
					(row, number) -> before(dump, row.getString(1), row.getString(2)), dump)
			.stream()
			.findFirst()
			.flatMap((earlier) -> earlier)
			.flatMap(this::of);
	}

	private HeapContents contents(String text) {
		return this.json.readValue(text, HeapContents.class);
	}

	List<ReadDump> readBetween(Instant from, Instant to, int most) {
		return this.jdbc.query("""
				SELECT d.volume, d.object_key, d.size, d.workload, c.state, c.sentence FROM dump_contents c
				JOIN dump d ON d.id = c.dump_id WHERE c.read_at >= ? AND c.read_at <= ?
				ORDER BY c.read_at, c.dump_id LIMIT ?""",
				(row, number) -> new ReadDump(row.getString(1), DumpRepository.key(row, 2), row.getLong(3),
						row.getString(4), HeapContents.State.valueOf(row.getString(5)), row.getString(6)),
				from.toEpochMilli(), to.toEpochMilli(), most);
	}

	/**
	 * A dump whose heap is due to be read.
	 *
	 * @param attempts how many processes in a row ended abruptly while reading it
	 */
	record DueDump(long id, String volume, String key, long size, Instant lastModified, Instant firstSeen,
			int attempts) {

	}

	/** An earlier heap to compare with. */
	record EarlierHeap(String key, Instant at, HeapContents contents) {

	}

}
