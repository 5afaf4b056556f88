package dev.dumpkeeper.metadata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.dumpkeeper.gateway.DirectoryTimes;

/**
 * Remembers the modification times of directories in JuiceFS's metadata, which change
 * when an entry is added, removed or renamed. The names in a directory are read only when
 * its time has changed, so a check that finds nothing new reads one row for each
 * directory.
 */
final class JuicefsDirectories implements DirectoryTimes {

	/** The maximum depth below a directory, as pods nest their dumps. */
	private static final int MAX_DEPTH = 8;

	/** The maximum for each volume; further directories are left to the next listing. */
	private static final int MAX_DIRECTORIES = 10_000;

	private static final int BATCH = 500;

	private static final int TIMEOUT_SECONDS = 10;

	private final JuicefsPaths paths;

	private Map<Long, Known> known = new HashMap<>();

	JuicefsDirectories(JuicefsPaths paths) {
		this.paths = paths;
	}

	@Override
	public synchronized Set<String> changed(Collection<String> volumes, List<String> directories) {
		Map<Long, Known> next = new HashMap<>();
		Set<String> changed = this.paths.read((connection) -> {
			Set<String> found = new TreeSet<>();
			Map<Long, String> level = JuicefsPaths.directories(connection, volumes, directories);
			Map<String, Integer> counts = new HashMap<>();
			for (int depth = 0; depth < MAX_DEPTH && !level.isEmpty(); depth++) {
				level = descend(connection, level, counts, next, found);
			}
			return found;
		});
		// Stored only after a complete check, since a change hidden by a failure would
		// never be reported.
		this.known = next;
		return changed;
	}

	private Map<Long, String> descend(Connection connection, Map<Long, String> level, Map<String, Integer> counts,
			Map<Long, Known> next, Set<String> changed) throws SQLException {
		Map<Long, Long> times = times(connection, level.keySet());
		List<Long> unread = new ArrayList<>();
		for (Map.Entry<Long, Long> directory : times.entrySet()) {
			Known before = this.known.get(directory.getKey());
			if (before != null && before.time() == directory.getValue()) {
				next.put(directory.getKey(), before);
			}
			else {
				next.put(directory.getKey(), new Known(directory.getValue(), new ArrayList<>()));
				unread.add(directory.getKey());
				changed.add(level.getOrDefault(directory.getKey(), ""));
			}
		}
		for (int from = 0; from < unread.size(); from += BATCH) {
			readInside(connection, unread.subList(from, Math.min(from + BATCH, unread.size())), next);
		}
		Map<Long, String> below = new HashMap<>();
		for (Long directory : times.keySet()) {
			String volume = level.getOrDefault(directory, "");
			for (Long inside : next.getOrDefault(directory, Known.NOTHING).inside()) {
				if (counts.merge(volume, 1, Integer::sum) <= MAX_DIRECTORIES) {
					below.put(inside, volume);
				}
			}
		}
		return below;
	}

	private static Map<Long, Long> times(Connection connection, Set<Long> directories) throws SQLException {
		Map<Long, Long> times = new HashMap<>();
		List<Long> all = List.copyOf(new HashSet<>(directories));
		for (int from = 0; from < all.size(); from += BATCH) {
			List<Long> some = all.subList(from, Math.min(from + BATCH, all.size()));
			query(connection, "SELECT inode, mtime, mtimensec FROM jfs_node WHERE inode IN ", some,
					(row) -> times.put(row.getLong(1), row.getLong(2) * 1000 + row.getInt(3)));
		}
		return times;
	}

	private static void readInside(Connection connection, List<Long> directories, Map<Long, Known> next)
			throws SQLException {
		query(connection, "SELECT parent, inode FROM jfs_edge WHERE type = 2 AND parent IN ", directories,
				(row) -> next.getOrDefault(row.getLong(1), new Known(0, new ArrayList<>()))
					.inside()
					.add(row.getLong(2)));
	}

	private static void query(Connection connection, String sql, List<Long> inodes, Row row) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement(sql + "(?" + ", ?".repeat(inodes.size() - 1) + ")")) {
			statement.setQueryTimeout(TIMEOUT_SECONDS);
			// Limits the memory that a damaged database can use, with the maximum for
			// each volume.
			statement.setMaxRows(BATCH * MAX_DIRECTORIES);
			int parameter = 0;
			for (long inode : inodes) {
				statement.setLong(++parameter, inode);
			}
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					row.read(rows);
				}
			}
		}
	}

	private interface Row {

		void read(ResultSet row) throws SQLException;

	}

	/** The last known time of a directory, with its subdirectories. */
	private record Known(long time, List<Long> inside) {

		static final Known NOTHING = new Known(0, List.of());

	}

}
