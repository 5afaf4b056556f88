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
 * Sums of the ledger over time: past arrivals and future expiries. The database groups
 * them by hour, so that a volume of a million dumps needs no memory.
 */
public final class DumpHistory {

	private static final long HOUR = Duration.ofHours(1).toMillis();

	/** The owner of a dump: its workload, or its directory if the workload is unknown. */
	private static final String NAME = "CASE WHEN workload = '' THEN directory ELSE workload END";

	private final JdbcTemplate jdbc;

	DumpHistory(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the arrivals of a volume, including dumps that are gone.
	 * @param volume the volume
	 * @param from dumps last written before it are excluded
	 * @param to dumps last written after it are excluded
	 * @return bytes by the hour in which they were written
	 */
	public Map<Instant, Long> arrivals(String volume, Instant from, Instant to) {
		return sums("""
				SELECT FLOOR(last_modified / 3600000) AS hour_number, SUM(size) AS bytes FROM dump
				WHERE volume = ? AND last_modified >= ? AND last_modified <= ?
				GROUP BY FLOOR(last_modified / 3600000)""", volume, from.toEpochMilli(), to.toEpochMilli());
	}

	/**
	 * Returns the arrivals of a volume by owner, including dumps that are gone.
	 * @param volume the volume
	 * @param from dumps last written before it are excluded
	 * @param to dumps last written after it are excluded
	 * @param limit the maximum number of workloads
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

	/**
	 * Returns who owns the largest present dumps of a volume.
	 * @param volume the volume
	 * @param dumps how many of its largest dumps are summed up
	 * @param limit the maximum number of owners
	 * @return the largest sums, the largest first
	 */
	public List<WorkloadSum> owners(String volume, int dumps, int limit) {
		return this.jdbc.query(
				String.format(Locale.ROOT,
						"""
								SELECT environment, name, COUNT(*) AS dumps, SUM(size) AS bytes FROM (SELECT environment, %s AS name, size
								FROM dump /*! USE INDEX (dump_list_by_volume_and_size) */ WHERE volume = ? AND present = TRUE ORDER BY size DESC LIMIT ?) largest
								GROUP BY environment, name ORDER BY SUM(size) DESC, environment, name LIMIT ?""",
						NAME),
				(row, number) -> new WorkloadSum(row.getString("environment"), row.getString("name"),
						row.getLong("dumps"), row.getLong("bytes")),
				volume, dumps, limit);
	}

	private static String rank(Instant now) {
		return ExpiryBlockerRepository.place(FileTimes.trusted(now));
	}

	/**
	 * Returns when the present dumps may expire.
	 * @param volume the volume
	 * @param prefix the prefix of the names that may expire at all
	 * @param rules how long they stay
	 * @param now unnotified dumps are treated as if reported at this instant
	 * @return bytes by the end of the hour from which on they may expire
	 */
	public Map<Instant, Long> expiries(String volume, String prefix, Rules rules, Instant now) {
		byte[] from = prefix.getBytes(UTF_8);
		byte[] to = from.clone();
		// A prefix ends with a slash, which is not the last byte value.
		to[to.length - 1]++;
		return sums(String.format(Locale.ROOT, """
				SELECT FLOOR((may_go_at + 3599999) / 3600000) AS hour_number, SUM(size) AS bytes FROM (
				SELECT object_key, size, GREATEST(%1$s + ?, COALESCE(notified_at, ?) + ?, COALESCE(held_until, 0),
				CASE WHEN %2$s <= ?
				THEN %1$s + ? ELSE 0 END) AS may_go_at FROM dump
				WHERE volume = ? AND present = TRUE) expiring WHERE object_key >= ? AND object_key < ?
				GROUP BY FLOOR((may_go_at + 3599999) / 3600000)""", FileTimes.trusted(now), rank(now)),
				rules.maxAge().toMillis(), rules.notificationsEnabled() ? now.toEpochMilli() : 0L,
				rules.notificationsEnabled() ? rules.notice().toMillis() : 0L, rules.keepNewest(),
				rules.keepNewestFor().toMillis(), volume, from, to);
	}

	/**
	 * Returns the present, complete dumps that stay until newer ones arrive because they
	 * are the newest of their workload, as defined by {@link #expiries}. Dumps of an
	 * unknown workload in a shared directory are excluded: no other dump replaces them.
	 * @param volume the volume
	 * @param prefix the prefix of the names that may expire at all
	 * @param rules how long they stay
	 * @param now unnotified dumps are treated as if reported at this instant
	 * @param limit the maximum number of dumps
	 * @return the largest ones, the largest first, without those that stay equally long
	 * for another reason
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
				rules.keepNewestFor().toMillis(), rules.maxAge().toMillis(), rules.notificationsEnabled() ? at : 0L,
				rules.notificationsEnabled() ? rules.notice().toMillis() : 0L, volume, from, to, rules.keepNewest(),
				rules.keepNewestFor().toMillis(), at, rules.keepNewestFor().toMillis(), limit);
	}

	/**
	 * Returns the arrivals of a volume by hour, including dumps that are gone, with
	 * separate sums for some workloads.
	 * @param volume the volume
	 * @param from dumps last written before it are excluded
	 * @param to dumps last written after it are excluded
	 * @param apart the workloads with separate sums, which do not count dumps that cannot
	 * be the newest of their workload
	 * @return for each hour one sum for each of these workloads that wrote in it, and one
	 * for all others
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
	 * @param notificationsEnabled whether people are notified; otherwise there is no
	 * notice
	 * @param notice counted from the notification
	 * @param keepNewest how many of the newest dumps of each workload stay longer
	 * @param keepNewestFor the age up to which these stay
	 */
	public record Rules(Duration maxAge, boolean notificationsEnabled, Duration notice, int keepNewest,
			Duration keepNewestFor) {

	}

	/**
	 * An owner of dumps.
	 *
	 * @param environment its environment, empty if unknown
	 * @param name its name; the directory if the workload is unknown, empty for a shared
	 * directory
	 */
	public record Workload(String environment, String name) {

	}

	/**
	 * A dump that stays because it is one of the newest of its workload.
	 *
	 * @param workload the workload
	 * @param rank 1 for the newest one
	 * @param replacedAt the end of the hour from which on it may expire without this
	 * reason
	 * @param at the end of the hour from which on it may expire
	 * @param bytes its size
	 */
	public record NewestDump(Workload workload, int rank, Instant replacedAt, Instant at, long bytes) {

	}

	/**
	 * The arrivals of an hour.
	 *
	 * @param at the beginning of the hour
	 * @param workload the workload, or {@code null} for all without separate sums
	 * @param dumps how many, 1 or more
	 * @param bytes the sum of their sizes
	 */
	public record HourlySum(Instant at, @Nullable Workload workload, int dumps, long bytes) {

	}

	/**
	 * The arrivals of a workload.
	 *
	 * @param environment its environment, empty if unknown
	 * @param workload its name, empty if unknown
	 * @param dumps how many
	 * @param bytes the sum of their sizes
	 */
	public record WorkloadSum(String environment, String workload, long dumps, long bytes) {

	}

}
