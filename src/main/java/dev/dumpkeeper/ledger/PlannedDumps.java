package dev.dumpkeeper.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.ledger.DumpSearch.DumpRow;

/**
 * What the ledger knows of keys that others name, such as plans.
 */
public final class PlannedDumps {

	private final JdbcTemplate jdbc;

	private final DumpNames names;

	PlannedDumps(JdbcTemplate jdbc, DumpNames names) {
		this.jdbc = jdbc;
		this.names = names;
	}

	/**
	 * Returns the last dumps of some keys, there or gone.
	 * @param volume the volume
	 * @param keys the keys, at most 1,000
	 * @return by key; without keys that no dump has
	 */
	public Map<String, DumpRow> byKey(String volume, Collection<String> keys) {
		Map<String, DumpRow> dumps = new HashMap<>();
		if (!keys.isEmpty()) {
			List<Object> arguments = new ArrayList<>(List.of(volume));
			keys.forEach((key) -> arguments.add(DumpRepository.bytes(key)));
			this.jdbc.query(sql(keys.size()), DumpQuery::row, arguments.toArray())
				.forEach((dump) -> dumps.put(dump.key(), dump));
		}
		return dumps;
	}

	/** Both values of the second column of the index that finds keys. */
	static String sql(int keys) {
		return "SELECT " + DumpQuery.COLUMNS + " FROM dump WHERE volume = ? AND (present = TRUE OR present IS NULL)"
				+ " AND object_key IN (" + DumpRepository.marks(keys) + ") ORDER BY id";
	}

	/**
	 * Returns where a key comes from, as far as its name tells.
	 * @param key the key
	 * @return the origin
	 */
	public DumpOrigin originOf(String key) {
		return this.names.of(key);
	}

}
