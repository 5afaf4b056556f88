package dev.dumpkeeper.capacity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.capacity.CapacityReading.Outlook;
import dev.dumpkeeper.capacity.forecast.ByteSample;
import dev.dumpkeeper.run.Run;

/**
 * Reads and writes the tables of this package.
 */
final class CapacityRepository {

	private static final int PROBLEM = 1000;

	private final JdbcTemplate jdbc;

	CapacityRepository(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	Map<String, AlertState> alertStates() {
		Map<String, AlertState> states = new HashMap<>();
		this.jdbc.query("SELECT volume, level, notified_level, notified_at, passes_below FROM capacity_alert",
				(row) -> {
					states.put(row.getString("volume"),
							new AlertState(CapacityLevel.valueOf(row.getString("level")),
									CapacityLevel.valueOf(row.getString("notified_level")), instant(row, "notified_at"),
									row.getInt("passes_below")));
				});
		return states;
	}

	/** Whether a run was interrupted after its check. */
	boolean isDone(Run run) {
		Long rows = this.jdbc.queryForObject("SELECT COUNT(*) FROM capacity_check WHERE run_id = ?", Long.class,
				run.id());
		return rows != null && rows > 0;
	}

	void done(Run run, List<String> problems, int unknown, boolean advise, @Nullable FileSystemSpace space) {
		this.jdbc.update("""
				INSERT INTO capacity_check (run_id, checked_at, problem, unknown_volumes, advise, space_source,
				space_used, space_capacity, trash_bytes, trash_days, other_used)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", run.id(), run.now().toEpochMilli(),
				problems.isEmpty() ? null : cut(String.join("\n", problems)), unknown, advise,
				(space != null) ? space.source().name() : null, (space != null) ? space.usedBytes() : null,
				(space != null) ? space.capacityBytes() : null, (space != null) ? space.trashBytes() : null,
				(space != null) ? space.trashDays() : null, (space != null) ? space.otherUsedBytes() : null);
	}

	/** Returns how many volumes had no known capacity at the check before a run. */
	int unknownBefore(Run run) {
		return this.jdbc
			.queryForList("SELECT unknown_volumes FROM capacity_check WHERE run_id < ? ORDER BY run_id DESC LIMIT 1",
					Integer.class, run.id())
			.stream()
			.findFirst()
			.orElse(0);
	}

	/** Returns the latest check of an earlier run, by the clock of its machine. */
	Optional<Instant> lastCheckedAt(Run run) {
		return Optional
			.ofNullable(this.jdbc.queryForObject("SELECT MAX(checked_at) FROM capacity_check WHERE run_id < ?",
					Long.class, run.id()))
			.map(Instant::ofEpochMilli);
	}

	boolean isAdviceDue(Run run) {
		Long rows = this.jdbc.queryForObject("SELECT COUNT(*) FROM capacity_check WHERE run_id = ? AND advise = TRUE",
				Long.class, run.id());
		return rows != null && rows > 0;
	}

	Optional<FileSystemSpace> space(Run run) {
		return this.jdbc
			.query("SELECT * FROM capacity_check WHERE run_id = ? AND space_source IS NOT NULL",
					(row, number) -> space(row), run.id())
			.stream()
			.findFirst();
	}

	/** Returns the state of the whole file system, as of the last check in a period. */
	Optional<FileSystemSpace> latestSpace(Instant since, Instant at) {
		return this.jdbc.query("""
				SELECT * FROM capacity_check WHERE checked_at > ? AND checked_at <= ? AND space_source IS NOT NULL
				ORDER BY run_id DESC LIMIT 1""", (row, number) -> space(row), since.toEpochMilli(), at.toEpochMilli())
			.stream()
			.findFirst();
	}

	private static FileSystemSpace space(ResultSet row) throws SQLException {
		Long days = number(row, "trash_days");
		return new FileSystemSpace(CapacitySource.valueOf(row.getString("space_source")), row.getLong("space_used"),
				number(row, "space_capacity"), number(row, "trash_bytes"), (days != null) ? days.intValue() : null,
				number(row, "other_used"));
	}

	private static String cut(String text) {
		return text.substring(0, Math.min(text.length(), PROBLEM));
	}

	List<String> problems(Run run) {
		return this.jdbc
			.queryForList("SELECT problem FROM capacity_check WHERE run_id = ? AND problem IS NOT NULL", String.class,
					run.id())
			.stream()
			.flatMap(String::lines)
			.toList();
	}

	/** Returns the use of a volume at each check between two instants, oldest first. */
	List<ByteSample> used(String volume, Instant since, Instant before) {
		return this.jdbc.query("""
				SELECT read_at, used_bytes FROM capacity_reading WHERE volume = ? AND read_at > ? AND read_at < ?
				ORDER BY read_at""", (row, number) -> new ByteSample(Instant.ofEpochMilli(row.getLong("read_at")),
				row.getLong("used_bytes")), volume, since.toEpochMilli(), before.toEpochMilli());
	}

	void save(Run run, Collection<GrowthContributors> contributors) {
		List<Object[]> values = new ArrayList<>();
		for (GrowthContributors of : contributors) {
			of.workloads()
				.forEach((sum) -> values.add(new Object[] { run.id(), of.volume(), Kind.ARRIVED.name(),
						sum.environment(), sum.workload(), sum.dumps(), null, of.since().toMillis(), sum.bytes() }));
			of.expiries()
				.forEach((expiry) -> values.add(new Object[] { run.id(), of.volume(), Kind.EXPIRES.name(), null, null,
						null, expiry.at().toEpochMilli(), null, expiry.bytes() }));
			values.add(new Object[] { run.id(), of.volume(), Kind.SHORTER.name(), null, null, null, null,
					of.shorterAge().toMillis(), of.shorterBytes() });
			values.add(new Object[] { run.id(), of.volume(), Kind.UNNOTIFIED.name(), null, null, null, null, null,
					of.unnotifiedBytes() });
		}
		this.jdbc.batchUpdate("""
				INSERT INTO growth_contributor (run_id, volume, kind, environment, workload, dumps, happens_at, span,
				bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""", values);
	}

	Map<String, GrowthContributors> contributors(Run run) {
		Map<String, GrowthContributors> contributors = new TreeMap<>();
		this.jdbc
			.query("SELECT * FROM growth_contributor WHERE run_id = ? ORDER BY volume, id",
					(row, number) -> new ContributorRow(row.getString("volume"), Kind.valueOf(row.getString("kind")),
							Objects.requireNonNullElse(row.getString("environment"), ""),
							Objects.requireNonNullElse(row.getString("workload"), ""), row.getLong("dumps"),
							Instant.ofEpochMilli(row.getLong("happens_at")), Duration.ofMillis(row.getLong("span")),
							row.getLong("bytes")),
					run.id())
			.stream()
			.collect(Collectors.groupingBy(ContributorRow::volume))
			.forEach((volume, rows) -> contributors.put(volume, contributors(volume, rows)));
		return contributors;
	}

	private static GrowthContributors contributors(String volume, List<ContributorRow> rows) {
		List<ContributorRow> arrived = rows.stream().filter((row) -> row.kind() == Kind.ARRIVED).toList();
		return new GrowthContributors(volume, arrived.isEmpty() ? Duration.ZERO : arrived.get(0).span(), arrived
			.stream()
			.map((row) -> new GrowthContributors.Workload(row.environment(), row.workload(), row.dumps(), row.bytes()))
			.toList(),
				rows.stream()
					.filter((row) -> row.kind() == Kind.EXPIRES)
					.map((row) -> new GrowthContributors.Expiry(row.at(), row.bytes()))
					.toList(),
				rows.stream()
					.filter((row) -> row.kind() == Kind.SHORTER)
					.map(ContributorRow::span)
					.findFirst()
					.orElse(Duration.ZERO),
				bytes(rows, Kind.SHORTER), bytes(rows, Kind.UNNOTIFIED));
	}

	private static long bytes(List<ContributorRow> rows, Kind kind) {
		return rows.stream().filter((row) -> row.kind() == kind).mapToLong(ContributorRow::bytes).sum();
	}

	void save(Run run, List<CapacityReading> readings) {
		this.jdbc.batchUpdate("""
				INSERT INTO capacity_reading (run_id, volume, read_at, used_bytes, used_source, listed_bytes,
				capacity_bytes, capacity_source, p50_bytes, p90_bytes, p50_crosses_at, p90_crosses_at, short_history,
				level, alert_transition) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", readings, 500,
				(set, reading) -> {
					VolumeCapacity capacity = reading.capacity();
					Outlook outlook = reading.outlook();
					CapacitySource source = capacity.capacitySource();
					set.setLong(1, run.id());
					set.setString(2, capacity.volume());
					set.setLong(3, reading.readAt().toEpochMilli());
					set.setLong(4, capacity.usedBytes());
					set.setString(5, capacity.usedSource().name());
					set.setLong(6, capacity.listedBytes());
					set.setObject(7, capacity.capacityBytes());
					set.setString(8, (source != null) ? source.name() : null);
					set.setObject(9, (outlook != null) ? Long.valueOf(outlook.p50Bytes()) : null);
					set.setObject(10, (outlook != null) ? Long.valueOf(outlook.p90Bytes()) : null);
					set.setObject(11, (outlook != null) ? millis(outlook.p50CrossesAt()) : null);
					set.setObject(12, (outlook != null) ? millis(outlook.p90CrossesAt()) : null);
					set.setBoolean(13, outlook != null && outlook.shortHistory());
					set.setString(14, reading.level().name());
					set.setString(15, reading.transition());
				});
	}

	void save(Run run, Map<String, AlertState> states) {
		states.forEach((volume, state) -> {
			Object[] values = { state.level().name(), state.notifiedLevel().name(), millis(state.notifiedAt()),
					state.passesBelow(), run.id(), volume };
			if (this.jdbc.update(
					"""
							UPDATE capacity_alert SET level = ?, notified_level = ?, notified_at = ?, passes_below = ?, run_id = ?
							WHERE volume = ?""",
					values) == 0) {
				this.jdbc.update("""
						INSERT INTO capacity_alert (level, notified_level, notified_at, passes_below, run_id, volume)
						VALUES (?, ?, ?, ?, ?, ?)""", values);
			}
		});
	}

	List<CapacityReading> of(Run run) {
		return this.jdbc.query("SELECT * FROM capacity_reading WHERE run_id = ? ORDER BY volume",
				(row, number) -> reading(row), run.id());
	}

	/** Returns the results of a volume in a period, oldest first. */
	List<CapacityReading> of(String volume, Instant from, Instant to) {
		return this.jdbc.query(
				"SELECT * FROM capacity_reading WHERE volume = ? AND read_at >= ? AND read_at <= ? ORDER BY read_at, id",
				(row, number) -> reading(row), volume, from.toEpochMilli(), to.toEpochMilli());
	}

	/** Returns the volumes that were fullest in a period, fullest first. */
	List<String> fullest(Instant from, Instant to, int limit) {
		return this.jdbc.queryForList("""
				SELECT volume FROM capacity_reading WHERE read_at >= ? AND read_at <= ? AND capacity_bytes > 0
				GROUP BY volume ORDER BY MAX(used_bytes * 1.0 / capacity_bytes) DESC, volume LIMIT ?""", String.class,
				from.toEpochMilli(), to.toEpochMilli(), limit);
	}

	/** Returns the last reading of a volume with a known capacity. */
	Optional<CapacityReading> latest(String volume, Instant since, Instant at) {
		return this.jdbc
			.query("""
					SELECT * FROM capacity_reading WHERE volume = ? AND read_at > ? AND read_at <= ?
					AND capacity_bytes IS NOT NULL ORDER BY read_at DESC, id DESC LIMIT 1""",
					(row, number) -> reading(row), volume, since.toEpochMilli(), at.toEpochMilli())
			.stream()
			.findFirst();
	}

	/** Returns the last reading with a known capacity of each volume. */
	Map<String, CapacityReading> latest(Instant since, Instant at) {
		Map<String, CapacityReading> latest = new HashMap<>();
		this.jdbc
			.query("""
					SELECT r.* FROM capacity_reading r JOIN (SELECT MAX(id) AS id FROM capacity_reading
					WHERE read_at > ? AND read_at <= ? AND capacity_bytes IS NOT NULL GROUP BY volume) last ON last.id = r.id""",
					(row) -> {
						latest.put(row.getString("volume"), reading(row));
					}, since.toEpochMilli(), at.toEpochMilli());
		return latest;
	}

	void forget(Instant before) {
		long limit = before.toEpochMilli();
		this.jdbc.update("DELETE FROM growth_contributor WHERE run_id IN (SELECT run_id FROM capacity_check"
				+ " WHERE checked_at < ?)", limit);
		this.jdbc.update("DELETE FROM capacity_check WHERE checked_at < ?", limit);
		this.jdbc.update("DELETE FROM capacity_reading WHERE read_at < ?", limit);
	}

	private static CapacityReading reading(ResultSet row) throws SQLException {
		String source = row.getString("capacity_source");
		Long p50 = number(row, "p50_bytes");
		Long p90 = number(row, "p90_bytes");
		VolumeCapacity capacity = new VolumeCapacity(row.getString("volume"), row.getLong("used_bytes"),
				CapacitySource.valueOf(row.getString("used_source")), row.getLong("listed_bytes"),
				number(row, "capacity_bytes"), (source != null) ? CapacitySource.valueOf(source) : null);
		Outlook outlook = (p50 == null || p90 == null) ? null : new Outlook(p50, p90, instant(row, "p50_crosses_at"),
				instant(row, "p90_crosses_at"), row.getBoolean("short_history"));
		return new CapacityReading(capacity, Instant.ofEpochMilli(row.getLong("read_at")), outlook,
				CapacityLevel.valueOf(row.getString("level")), row.getString("alert_transition"));
	}

	private static @Nullable Long number(ResultSet row, String column) throws SQLException {
		long value = row.getLong(column);
		return row.wasNull() ? null : value;
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		Long millis = number(row, column);
		return (millis != null) ? Instant.ofEpochMilli(millis) : null;
	}

	private static @Nullable Long millis(@Nullable Instant instant) {
		return (instant != null) ? instant.toEpochMilli() : null;
	}

	/** The kinds of rows in {@code growth_contributor}. The names are stored. */
	private enum Kind {

		/** The dumps of a workload that arrived. */
		ARRIVED,

		/** The dumps that a pass will delete. */
		EXPIRES,

		/** The bytes that a shorter retention would free. */
		SHORTER,

		/** The bytes that wait until people are notified. */
		UNNOTIFIED

	}

	private record ContributorRow(String volume, Kind kind, String environment, String workload, long dumps, Instant at,
			Duration span, long bytes) {

	}

}
