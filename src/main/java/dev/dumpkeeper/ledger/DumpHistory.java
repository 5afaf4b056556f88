package dev.dumpkeeper.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The ledger's sums over time: what came, and what will go. Sums by the hour are made in
 * the database, so that a volume of a million dumps costs no memory.
 */
public final class DumpHistory {

	private static final long HOUR = Duration.ofHours(1).toMillis();

	/** Who wrote a dump: where the workload is not known, its directory stands in. */
	private static final String NAME = "CASE WHEN workload = '' THEN directory ELSE workload END";

	private final JdbcTemplate jdbc;

	DumpHistory(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * What came, present or gone since.
	 * @param volume the volume
	 * @param from dumps written last before it are left out
	 * @param to as are those written after it
	 * @return bytes by the hour in which they were written
	 */
	public Map<Instant, Long> arrivals(String volume, Instant from, Instant to) {
		return sums("""
				SELECT FLOOR(last_modified / 3600000) AS hour_number, SUM(size) AS bytes FROM dump
				WHERE volume = ? AND last_modified >= ? AND last_modified <= ?
				GROUP BY FLOOR(last_modified / 3600000)""", volume, from.toEpochMilli(), to.toEpochMilli());
	}

	/**
	 * What came, present or gone since, by who wrote it.
	 * @param volume the volume
	 * @param from dumps written last before it are left out
	 * @param to as are those written after it
	 * @param limit how many workloads at most
	 * @return the largest sums, the largest first
	 */
	public List<WorkloadSum> byWorkload(String volume, Instant from, Instant to, int limit) {
		return this.jdbc.query(String.format(Locale.ROOT, """
				SELECT environment, %1$s AS name, COUNT(*) AS dumps, SUM(size) AS bytes FROM dump
				WHERE volume = ? AND last_modified >= ? AND last_modified <= ?
				GROUP BY environment, %1$s ORDER BY SUM(size) DESC, environment, %1$s LIMIT ?""", NAME),
				(row, number) -> new WorkloadSum(row.getString("environment"), row.getString("name"),
						row.getLong("dumps"), row.getLong("bytes")),
				volume, from.toEpochMilli(), to.toEpochMilli(), limit);
	}

	private static String rank(Instant now) {
		return ExpiryBlockerRepository.place(FileTimes.trusted(now));
	}

	/**
	 * When present dumps may go.
	 * @param volume the volume
	 * @param prefix what the names of those that may go at all start with
	 * @param rules how long they stay
	 * @param now dumps that nobody was told of are taken for told at this instant
	 * @return bytes by the end of the hour from which on they may go
	 */
	public Map<Instant, Long> expiries(String volume, String prefix, Rules rules, Instant now) {
		byte[] from = prefix.getBytes(UTF_8);
		byte[] to = from.clone();
		// A prefix ends with a slash, after which there is another byte.
		to[to.length - 1]++;
		return sums(String.format(Locale.ROOT, """
				SELECT FLOOR((may_go_at + 3599999) / 3600000) AS hour_number, SUM(size) AS bytes FROM (
				SELECT object_key, size, GREATEST(%1$s + ?, COALESCE(notified_at, ?) + ?, COALESCE(held_until, 0),
				CASE WHEN %2$s <= ?
				THEN %1$s + ? ELSE 0 END) AS may_go_at FROM dump
				WHERE volume = ? AND present = TRUE) expiring WHERE object_key >= ? AND object_key < ?
				GROUP BY FLOOR((may_go_at + 3599999) / 3600000)""", FileTimes.trusted(now), rank(now)),
				rules.maxAge().toMillis(), rules.peopleAreTold() ? now.toEpochMilli() : 0L,
				rules.peopleAreTold() ? rules.notice().toMillis() : 0L, rules.keepNewest(),
				rules.keepNewestFor().toMillis(), volume, from, to);
	}

	/**
	 * Whole dumps that are present and stay because they are the newest of their
	 * workload, as {@link #expiries} has it, until newer ones come. A dump in a directory
	 * that everybody shares, of which nobody knows the workload, is left out: none takes
	 * its place.
	 * @param volume the volume
	 * @param prefix what the names of those that may go at all start with
	 * @param rules how long they stay
	 * @param now dumps that nobody was told of are taken for told at this instant
	 * @param limit how many at most
	 * @return the largest ones, the largest first; those that stay as long without it are
	 * left out
	 */
	public List<NewestDump> newest(String volume, String prefix, Rules rules, Instant now, int limit) {
		byte[] from = prefix.getBytes(UTF_8);
		byte[] to = from.clone();
		to[to.length - 1]++;
		long at = now.toEpochMilli();
		return this.jdbc.query(
				String.format(Locale.ROOT,
						"""
								SELECT environment, name, place, size, FLOOR((replaced_at + 3599999) / 3600000) AS replaced_hour,
								FLOOR((ages_from + ? + 3599999) / 3600000) AS hour_number FROM (
								SELECT id, state, environment, %3$s AS name, object_key, size, %1$s AS ages_from,
								%2$s AS place,
								GREATEST(%1$s + ?, COALESCE(notified_at, ?) + ?, COALESCE(held_until, 0)) AS replaced_at
								FROM dump WHERE volume = ? AND present = TRUE) ranked
								WHERE state = 'COMPLETE' AND object_key >= ? AND object_key < ? AND place <= ? AND name <> '' AND ages_from + ? > ? AND ages_from + ? > replaced_at
								ORDER BY size DESC, id LIMIT ?""",
						FileTimes.trusted(now), rank(now), NAME),
				(row, number) -> new NewestDump(new Workload(row.getString("environment"), row.getString("name")),
						row.getInt("place"), Instant.ofEpochMilli(row.getLong("replaced_hour") * HOUR),
						Instant.ofEpochMilli(row.getLong("hour_number") * HOUR), row.getLong("size")),
				rules.keepNewestFor().toMillis(), rules.maxAge().toMillis(), rules.peopleAreTold() ? at : 0L,
				rules.peopleAreTold() ? rules.notice().toMillis() : 0L, volume, from, to, rules.keepNewest(),
				rules.keepNewestFor().toMillis(), at, rules.keepNewestFor().toMillis(), limit);
	}

	/**
	 * What came, present or gone since, apart for some workloads.
	 * @param volume the volume
	 * @param from dumps written last before it are left out
	 * @param to as are those written after it
	 * @param apart whose dumps have sums of their own; those that cannot be the newest of
	 * their workload have not
	 * @return for each hour a sum of each of these that wrote in it, and one of all
	 * others
	 */
	public List<HourlySum> arrivals(String volume, Instant from, Instant to, Collection<Workload> apart) {
		List<Object> arguments = new ArrayList<>();
		apart.forEach((workload) -> arguments.addAll(List.of(workload.environment(), workload.name())));
		arguments.addAll(List.of(volume, from.toEpochMilli(), to.toEpochMilli()));
		return this.jdbc.query(String.format(Locale.ROOT, """
				SELECT hour_number, CASE WHEN apart = 1 THEN environment END AS its_environment,
				CASE WHEN apart = 1 THEN name END AS its_workload, COUNT(*) AS dumps, SUM(size) AS bytes FROM (
				SELECT FLOOR(last_modified / 3600000) AS hour_number, environment, %2$s AS name, size,
				CASE WHEN state = 'COMPLETE' AND (environment, %2$s) IN (%1$s) THEN 1 ELSE 0 END AS apart FROM dump
				WHERE volume = ? AND last_modified >= ? AND last_modified <= ?) came
				GROUP BY hour_number, CASE WHEN apart = 1 THEN environment END,
				CASE WHEN apart = 1 THEN name END""", String.join(", ", Collections.nCopies(apart.size(), "(?, ?)")),
				NAME), DumpHistory::hourlySum, arguments.toArray());
	}

	private static HourlySum hourlySum(ResultSet row, int number) throws SQLException {
		String environment = row.getString("its_environment");
		String workload = row.getString("its_workload");
		return new HourlySum(Instant.ofEpochMilli(row.getLong("hour_number") * HOUR),
				(environment != null && workload != null) ? new Workload(environment, workload) : null,
				row.getInt("dumps"), row.getLong("bytes"));
	}

	private Map<Instant, Long> sums(String sql, Object... arguments) {
		Map<Instant, Long> sums = new TreeMap<>();
		List<Map.Entry<Long, Long>> rows = this.jdbc.query(sql,
				(row, number) -> Map.entry(row.getLong("hour_number"), row.getLong("bytes")), arguments);
		rows.forEach((row) -> sums.put(Instant.ofEpochMilli(row.getKey() * HOUR), row.getValue()));
		return sums;
	}

	/**
	 * How long dumps stay.
	 *
	 * @param maxAge counted from the last modification
	 * @param peopleAreTold whether there is anybody to tell; without, there is no notice
	 * @param notice counted from the instant people were told
	 * @param keepNewest so many of each workload stay longer
	 * @param keepNewestFor up to this age
	 */
	public record Rules(Duration maxAge, boolean peopleAreTold, Duration notice, int keepNewest,
			Duration keepNewestFor) {

	}

	/**
	 * Who writes dumps.
	 *
	 * @param environment its environment, empty where unknown
	 * @param name its name; its directory where the workload is unknown, empty where all
	 * share that
	 */
	public record Workload(String environment, String name) {

	}

	/**
	 * A dump that stays because it is one of the newest of its workload.
	 *
	 * @param workload whose
	 * @param rank 1 for the newest one
	 * @param replacedAt the end of the hour from which on it may go without this reason
	 * @param at the end of the hour from which on it may go
	 * @param bytes its size
	 */
	public record NewestDump(Workload workload, int rank, Instant replacedAt, Instant at, long bytes) {

	}

	/**
	 * What came in an hour.
	 *
	 * @param at the beginning of the hour
	 * @param workload whose, or {@code null} for all that have no sums of their own
	 * @param dumps how many, 1 or more
	 * @param bytes their sizes, added up
	 */
	public record HourlySum(Instant at, @Nullable Workload workload, int dumps, long bytes) {

	}

	/**
	 * What a workload wrote.
	 *
	 * @param environment its environment, empty where unknown
	 * @param workload its name, empty where unknown
	 * @param dumps how many
	 * @param bytes their sizes, added up
	 */
	public record WorkloadSum(String environment, String workload, long dumps, long bytes) {

	}

}
