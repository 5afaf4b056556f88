package dev.dumpkeeper.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.ledger.DumpSearch.DumpFilter;
import dev.dumpkeeper.ledger.DumpSearch.DumpRow;
import dev.dumpkeeper.ledger.DumpSearch.Order;

/**
 * How the dumps of a filter are read along an index, and how far they are read.
 *
 * @param filter which dumps, in which order
 * @param above only higher numbers
 * @param below only lower numbers; by size, of those of this size
 * @param size of this size or a smaller one
 */
record DumpQuery(DumpFilter filter, long above, long below, long size) {

	static final String COLUMNS = "id, volume, object_key, size, last_modified, first_seen, state, environment,"
			+ " workload, pod, cause, fingerprint, top_frame, notified_at, held_until, held_by, fate, gone_at";

	/**
	 * Numbers follow the times at which dumps were first seen, but those of runs at the
	 * same time, which take their begin for it.
	 */
	private static final Duration OVERLAP = Duration.ofHours(6);

	/** Begins behind a dump, or again where its number is forgotten. */
	static DumpQuery of(JdbcTemplate jdbc, DumpFilter filter, @Nullable Long after) {
		Instant from = filter.from();
		Instant to = filter.to();
		DumpQuery all = new DumpQuery(filter, (from != null) ? firstSeenFrom(jdbc, from.minus(OVERLAP)) - 1 : 0,
				(to != null) ? firstSeenFrom(jdbc, to.plus(OVERLAP)) : Long.MAX_VALUE, Long.MAX_VALUE);
		if (after == null) {
			return all;
		}
		return (filter.order() != Order.LARGEST) ? all.behind(after, 0)
				: jdbc.queryForList("SELECT size FROM dump WHERE id = ?", Long.class, after)
					.stream()
					.findFirst()
					.map((size) -> all.behind(after, size))
					.orElse(all);
	}

	private static long firstSeenFrom(JdbcTemplate jdbc, Instant at) {
		return jdbc
			.queryForList("SELECT id FROM dump WHERE first_seen >= ? ORDER BY first_seen, id LIMIT 1", Long.class,
					at.toEpochMilli())
			.stream()
			.findFirst()
			.orElse(Long.MAX_VALUE);
	}

	/** What follows a dump. */
	DumpQuery behind(long last, long bytes) {
		return new DumpQuery(this.filter, this.above, last, bytes);
	}

	/**
	 * Expects a limit after the arguments that it adds. Names the index, in a comment
	 * that H2 does not read: a database may rather sort what another one finds, however
	 * much that is.
	 */
	String sql(List<Object> arguments) {
		boolean isBySize = this.filter.order() == Order.LARGEST;
		DumpState state = this.filter.state();
		String present = this.filter.gone() ? "present IS NULL" : "present = TRUE";
		// The one equality that an index serves best; all else is compared row by row.
		if (!this.filter.failure().isEmpty()) {
			return sql("dump_by_fingerprint", "fingerprint = ?", this.filter.failure(), arguments);
		}
		if (!this.filter.workload().isEmpty() && !isBySize) {
			return sql("dump_list_by_workload", "workload = ? AND " + present, this.filter.workload(), arguments);
		}
		if (!this.filter.volume().isEmpty()) {
			return sql(isBySize ? "dump_list_by_volume_and_size" : "dump_list_by_volume", "volume = ? AND " + present,
					this.filter.volume(), arguments);
		}
		if (state != null && !isBySize) {
			return sql("dump_list_by_state", "state = ? AND " + present, state.name(), arguments);
		}
		return sql(isBySize ? "dump_list_by_size" : "dump_list", present, null, arguments);
	}

	private String sql(String index, String condition, @Nullable String value, List<Object> arguments) {
		if (value != null) {
			arguments.add(value);
		}
		String sql = "SELECT " + COLUMNS + " FROM dump /*! USE INDEX (" + index + ") */ WHERE " + condition;
		if (this.filter.order() == Order.LARGEST) {
			arguments.addAll(List.of(this.size, this.size, this.below));
			return sql + " AND (size < ? OR size = ? AND id < ?) ORDER BY size DESC, id DESC LIMIT ?";
		}
		arguments.addAll(List.of(this.above, this.below));
		return sql + " AND id > ? AND id < ? ORDER BY id DESC LIMIT ?";
	}

	static DumpRow row(ResultSet row, int number) throws SQLException {
		return new DumpRow(row.getLong("id"), row.getString("volume"), DumpRepository.text(row.getBytes("object_key")),
				row.getLong("size"), Instant.ofEpochMilli(row.getLong("last_modified")),
				Instant.ofEpochMilli(row.getLong("first_seen")), DumpState.valueOf(row.getString("state")),
				row.getString("environment"), row.getString("workload"), row.getString("pod"), text(row, "cause"),
				row.getString("fingerprint"), text(row, "top_frame"), at(row, "notified_at"), at(row, "held_until"),
				text(row, "held_by"), text(row, "fate"), at(row, "gone_at"));
	}

	static String text(ResultSet row, String column) throws SQLException {
		String text = row.getString(column);
		return (text != null) ? text : "";
	}

	static @Nullable Instant at(ResultSet row, String column) throws SQLException {
		Long millis = nullable(row, column);
		return (millis != null) ? Instant.ofEpochMilli(millis) : null;
	}

	static @Nullable Long nullable(ResultSet row, String column) throws SQLException {
		long value = row.getLong(column);
		return row.wasNull() ? null : value;
	}

}
