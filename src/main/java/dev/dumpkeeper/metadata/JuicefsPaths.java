package dev.dumpkeeper.metadata;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.PathResolver;
import dev.dumpkeeper.gateway.VolumeName;

/**
 * Resolves paths by the edges of JuiceFS's metadata: each is a name in a directory with
 * its inode. The columns are the same from JuiceFS 1.2.3 to 1.4.2 (pkg/meta/sql.go);
 * {@code (parent, name)} is a unique key.
 * <p>
 * All names of a call are resolved level by level in one transaction, so that a
 * concurrent rename is visible completely or not at all.
 */
final class JuicefsPaths implements PathResolver {

	private static final Logger logger = LoggerFactory.getLogger(JuicefsPaths.class);

	private static final long ROOT = 1;

	private static final int FILE = 1;

	private static final int DIRECTORY = 2;

	private static final int BATCH = 500;

	private static final int TIMEOUT_SECONDS = 30;

	private final MetadataDatabase database;

	JuicefsPaths(MetadataDatabase database) {
		this.database = database;
	}

	@Override
	public String description() {
		return this.database.description();
	}

	@Override
	public Map<String, Reached> resolve(String volume, Collection<String> names) {
		if (names.isEmpty()) {
			return Map.of();
		}
		return read((connection) -> {
			Map<String, Reached> reached = new HashMap<>();
			walk(connection, volume, names).forEach((path) -> reached.put(path.name, path.reached()));
			return reached;
		});
	}

	@Override
	public boolean haveOneOwner(String volume, ObjectKey one, ObjectKey other) {
		return read((connection) -> {
			List<Long> files = walk(connection, volume, List.of(one.value(), other.value())).stream()
				.filter((path) -> path.reached() == Reached.DIRECTLY)
				.map((path) -> path.at().inode())
				.toList();
			return files.size() < 2 || owners(connection, files).size() < 2;
		});
	}

	/**
	 * Returns the current state of one file.
	 * @return the file, or empty if no regular file is reached through directories only
	 */
	Optional<ObjectEntry> stat(String volume, ObjectKey key) {
		return Optional.ofNullable(read((connection) -> files(connection, volume, List.of(key))).get(key));
	}

	/**
	 * Returns the current state of many files, from one snapshot of the file system.
	 * @throws GatewayException also when the server is a replica: checked for each
	 * request on its connection, since a server can become a replica at any time
	 */
	Map<ObjectKey, ObjectEntry> stat(String volume, Collection<ObjectKey> keys) {
		if (keys.isEmpty()) {
			return Map.of();
		}
		return read((connection) -> {
			if (this.database.isReplica(connection)) {
				throw new GatewayException(Kind.UNAVAILABLE, this.database.description()
						+ " is read-only by now, so it is a replica and " + "does not show what may be deleted", null);
			}
			return files(connection, volume, keys);
		});
	}

	private Map<ObjectKey, ObjectEntry> files(Connection connection, String volume, Collection<ObjectKey> keys)
			throws SQLException {
		Map<Long, List<String>> reached = new TreeMap<>();
		walk(connection, volume, keys.stream().map(ObjectKey::value).toList()).stream()
			.filter((path) -> path.reached() == Reached.DIRECTLY && !path.name.endsWith("/"))
			.forEach((path) -> reached.computeIfAbsent(path.at().inode(), (inode) -> new ArrayList<>()).add(path.name));
		Map<ObjectKey, ObjectEntry> files = new HashMap<>();
		List<Long> inodes = List.copyOf(reached.keySet());
		for (int from = 0; from < inodes.size(); from += BATCH) {
			files(connection, inodes.subList(from, Math.min(from + BATCH, inodes.size())), reached, files);
		}
		return files;
	}

	/** A file with two names (a hard link) is found by both. */
	private static void files(Connection connection, List<Long> inodes, Map<Long, List<String>> names,
			Map<ObjectKey, ObjectEntry> files) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement("SELECT inode, length, mtime, mtimensec FROM jfs_node WHERE inode IN (?"
					+ ", ?".repeat(inodes.size() - 1) + ")")) {
			statement.setQueryTimeout(TIMEOUT_SECONDS);
			statement.setMaxRows(BATCH);
			int parameter = 0;
			for (long inode : inodes) {
				statement.setLong(++parameter, inode);
			}
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					long inode = rows.getLong(1);
					long length = rows.getLong(2);
					Instant lastModified = DirectoryEntry.lastModified(rows.getLong(3), rows.getInt(4));
					names.getOrDefault(inode, List.of())
						.forEach((name) -> files.put(new ObjectKey(name),
								new ObjectEntry(name, length, lastModified, inode)));
				}
			}
		}
	}

	/** Returns the owners of files; none if the login may not read them. */
	private static Set<Long> owners(Connection connection, List<Long> files) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement("SELECT uid FROM jfs_node WHERE inode IN (?, ?)")) {
			statement.setQueryTimeout(TIMEOUT_SECONDS);
			statement.setMaxRows(2);
			statement.setLong(1, files.get(0));
			statement.setLong(2, files.get(1));
			Set<Long> owners = new HashSet<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					owners.add(rows.getLong(1));
				}
			}
			return owners;
		}
		catch (SQLException ex) {
			if (String.valueOf(ex.getSQLState()).startsWith("42")) {
				logger.debug("the metadata database does not show the owners of files");
				return Set.of();
			}
			throw ex;
		}
	}

	/**
	 * Finds the same directories in many volumes.
	 * @return the volume of each that exists and is reached through directories only, by
	 * the directory's inode
	 */
	static Map<Long, String> directories(Connection connection, Collection<String> volumes, List<String> names)
			throws SQLException {
		Map<Long, String> tops = new TreeMap<>();
		Map<String, String> locals = new TreeMap<>();
		volumes.forEach((volume) -> locals.put(VolumeName.parse(volume).local(), volume));
		find(connection, Map.of(ROOT, List.copyOf(locals.keySet()))).forEach((edge, entry) -> {
			String volume = locals.get(edge.name());
			if (entry.type() == DIRECTORY && volume != null) {
				tops.put(entry.inode(), volume);
			}
		});
		Map<Long, String> found = new TreeMap<>();
		for (String name : names) {
			Map<Long, String> level = tops;
			for (String segment : name.split("/")) {
				Map<Long, List<String>> wanted = new TreeMap<>();
				level.keySet().forEach((inode) -> wanted.put(inode, List.of(segment)));
				Map<Long, String> next = new TreeMap<>();
				for (Map.Entry<Edge, Entry> edge : find(connection, wanted).entrySet()) {
					String volume = level.get(edge.getKey().parent());
					if (edge.getValue().type() == DIRECTORY && volume != null) {
						next.put(edge.getValue().inode(), volume);
					}
				}
				level = next;
			}
			found.putAll(level);
		}
		return found;
	}

	<T> T read(Question<T> question) {
		try (Connection connection = this.database.borrow()) {
			try {
				return question.ask(connection);
			}
			finally {
				connection.rollback();
			}
		}
		catch (SQLException ex) {
			throw failure(ex);
		}
	}

	private List<Path> walk(Connection connection, String volume, Collection<String> names) throws SQLException {
		String local = VolumeName.parse(volume).local();
		List<Path> paths = names.stream().map(Path::new).toList();
		Entry top = find(connection, Map.of(ROOT, List.of(local))).get(new Edge(ROOT, local));
		if (top == null || top.type() != DIRECTORY) {
			throw new GatewayException(Kind.REJECTED,
					this.database.description() + " knows no volume of this name: it belongs to "
							+ "another file system, or the gateway shows a part of it (--subdir)",
					null);
		}
		paths.forEach((path) -> path.at = top);
		for (List<Path> open = paths; !open.isEmpty(); open = open.stream().filter(Path::isOpen).toList()) {
			Map<Long, List<String>> wanted = new TreeMap<>();
			for (Path path : open) {
				List<String> inDirectory = wanted.computeIfAbsent(path.at().inode(), (parent) -> new ArrayList<>());
				// Names are in the order of a listing, so duplicates are adjacent.
				if (inDirectory.isEmpty() || !inDirectory.get(inDirectory.size() - 1).equals(path.next())) {
					inDirectory.add(path.next());
				}
			}
			Map<Edge, Entry> found = find(connection, wanted);
			open.forEach((path) -> path.descend(found.get(new Edge(path.at().inode(), path.next()))));
		}
		return paths;
	}

	private static Map<Edge, Entry> find(Connection connection, Map<Long, List<String>> wanted) throws SQLException {
		Map<Edge, Entry> found = new HashMap<>();
		Map<Long, List<String>> batch = new LinkedHashMap<>();
		int size = 0;
		for (Map.Entry<Long, List<String>> directory : wanted.entrySet()) {
			for (String name : directory.getValue()) {
				batch.computeIfAbsent(directory.getKey(), (parent) -> new ArrayList<>()).add(name);
				if (++size == BATCH) {
					select(connection, batch, found);
					batch.clear();
					size = 0;
				}
			}
		}
		select(connection, batch, found);
		return found;
	}

	private static void select(Connection connection, Map<Long, List<String>> wanted, Map<Edge, Entry> found)
			throws SQLException {
		if (wanted.isEmpty()) {
			return;
		}
		String where = String.join(" OR ",
				wanted.values()
					.stream()
					.map((names) -> "parent = ? AND name IN (?" + ", ?".repeat(names.size() - 1) + ")")
					.toList());
		try (PreparedStatement statement = connection
			.prepareStatement("SELECT parent, name, inode, type FROM jfs_edge WHERE " + where)) {
			statement.setQueryTimeout(TIMEOUT_SECONDS);
			// (parent, name) is unique: a database with more rows is not JuiceFS's.
			statement.setMaxRows(BATCH);
			int parameter = 0;
			for (Map.Entry<Long, List<String>> directory : wanted.entrySet()) {
				statement.setLong(++parameter, directory.getKey());
				for (String name : directory.getValue()) {
					// A VARBINARY column: names are bytes, and are compared as such.
					statement.setBytes(++parameter, name.getBytes(StandardCharsets.UTF_8));
				}
			}
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					found.put(new Edge(rows.getLong(1), new String(rows.getBytes(2), StandardCharsets.UTF_8)),
							new Entry(rows.getLong(3), rows.getInt(4)));
				}
			}
		}
	}

	// Omits the driver's message, which may repeat the address and its password.
	private GatewayException failure(SQLException ex) {
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		boolean denied = state.startsWith("28") || state.startsWith("42");
		String why = state.startsWith("28") ? "refuses the user or its password"
				: state.startsWith("42")
						? "has no table jfs_edge with the columns of JuiceFS 1.2 to 1.4, or hides them from the user"
						: "cannot be reached or read";
		return new GatewayException(denied ? Kind.DENIED : Kind.UNAVAILABLE,
				this.database.description() + " " + why + " (SQL state " + (state.isEmpty() ? "unknown" : state)
						+ "), so symbolic links cannot be distinguished from directories",
				null);
	}

	/** A query in one transaction. */
	interface Question<T> {

		T ask(Connection connection) throws SQLException;

	}

	private record Edge(long parent, String name) {

	}

	private record Entry(long inode, int type) {

	}

	/** A name being resolved level by level. */
	private static final class Path {

		private final String name;

		private final String[] segments;

		private int depth;

		private @Nullable Entry at;

		Path(String name) {
			this.name = name;
			this.segments = name.split("/");
		}

		Entry at() {
			if (this.at == null) {
				throw new IllegalStateException();
			}
			return this.at;
		}

		String next() {
			return this.segments[this.depth];
		}

		void descend(@Nullable Entry entry) {
			this.at = entry;
			this.depth++;
		}

		boolean isOpen() {
			return this.at != null && this.at.type() == DIRECTORY && this.depth < this.segments.length;
		}

		Reached reached() {
			if (this.at == null) {
				return Reached.NOT_AT_ALL;
			}
			boolean whole = this.depth == this.segments.length;
			if (!whole && this.at.type() == FILE) {
				return Reached.NOT_AT_ALL;
			}
			return (whole && this.at.type() == (this.name.endsWith("/") ? DIRECTORY : FILE)) ? Reached.DIRECTLY
					: Reached.BY_LINK;
		}

	}

}
