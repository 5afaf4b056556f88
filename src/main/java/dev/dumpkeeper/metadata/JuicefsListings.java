package dev.dumpkeeper.metadata;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.ListingPage;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.VolumeName;

/**
 * Lists volumes from JuiceFS's metadata. Each listing is one transaction with a
 * consistent snapshot on a connection of its own, since it may take minutes and the
 * shared connections are for short calls.
 */
final class JuicefsListings implements ListingSource {

	private static final Logger logger = LoggerFactory.getLogger(JuicefsListings.class);

	private static final long ROOT = 1;

	private static final int DIRECTORY = 2;

	private static final int PAGE = 1000;

	/** The gateway itself lists at most 10,000 entries of its root. */
	private static final int MAX_VOLUMES = 100_000;

	/** Names that a gateway reserves at the root. */
	private static final Set<String> OWN = Set.of(".sys", ".minio.sys");

	private static final int TIMEOUT_SECONDS = 30;

	// Names are limited before they are joined, so that no query plan reads a directory
	// of a million names for each page.
	private static final String CHILDREN = """
			SELECT e.name, e.type, e.inode, n.length, n.mtime, n.mtimensec, n.atime
			FROM (SELECT name, type, inode FROM jfs_edge WHERE parent = ? AND name > ? ORDER BY name LIMIT ?) e
			LEFT JOIN jfs_node n ON n.inode = e.inode ORDER BY e.name""";

	private static final String EDGE = "SELECT type, inode FROM jfs_edge WHERE parent = ? AND name = ?";

	private static final String FILE = "SELECT length, mtime, mtimensec, atime FROM jfs_node WHERE inode = ?";

	private final MetadataDatabase database;

	private final JuicefsPaths paths;

	JuicefsListings(MetadataDatabase database, JuicefsPaths paths) {
		this.database = database;
		this.paths = paths;
	}

	@Override
	public Set<String> volumes() {
		try (Snapshot snapshot = new Snapshot(this.database)) {
			snapshot.check();
			Set<String> names = new TreeSet<>();
			byte[] after = {};
			for (boolean last = false; !last && names.size() < MAX_VOLUMES;) {
				DirectoryReader.Page page = snapshot.read(ROOT, after, PAGE);
				page.entries()
					.stream()
					.filter(DirectoryEntry::isDirectory)
					.map(DirectoryEntry::text)
					.forEach(names::add);
				after = page.next();
				last = page.last();
			}
			names.removeAll(OWN);
			return names.stream()
				.map((name) -> new VolumeName(this.database.gateway(), name).toString())
				.collect(Collectors.toCollection(TreeSet::new));
		}
		catch (SQLException ex) {
			throw failure(ex, null);
		}
	}

	@Override
	public Listing open(String volume) {
		Snapshot snapshot = null;
		try {
			snapshot = new Snapshot(this.database);
			Long directory = snapshot.directory(VolumeName.parse(volume).local());
			if (directory == null) {
				throw new GatewayException(Kind.REJECTED, description() + " has no directory of this name at its root",
						null);
			}
			return new JuicefsListing(snapshot, directory);
		}
		catch (SQLException ex) {
			close(snapshot);
			throw failure(ex, null);
		}
		catch (RuntimeException ex) {
			close(snapshot);
			throw ex;
		}
	}

	@Override
	public String description() {
		return this.database.description();
	}

	private static void close(@Nullable Snapshot snapshot) {
		if (snapshot != null) {
			snapshot.close();
		}
	}

	@Override
	public Optional<ObjectEntry> stat(String volume, ObjectKey key) {
		return this.paths.stat(volume, key);
	}

	@Override
	public Map<ObjectKey, ObjectEntry> stat(String volume, Collection<ObjectKey> keys) {
		return this.paths.stat(volume, keys);
	}

	@Override
	public boolean mayLag() {
		try (Connection connection = this.database.borrow()) {
			return this.database.isReplica(connection);
		}
		catch (SQLException ex) {
			throw failure(ex, null);
		}
	}

	// Omits the driver's message, which may repeat the address and its password.
	private GatewayException failure(SQLException ex, @Nullable String table) {
		return failure(this.database, ex, table);
	}

	private static GatewayException failure(MetadataDatabase database, SQLException ex, @Nullable String table) {
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		String wanted = (table != null) ? table : "jfs_edge and jfs_node";
		String why = switch (state) {
			case "42S02", "42S03", "42S04", "42P01" -> "has no table " + wanted;
			case "42S22", "42703" -> "lacks columns of JuiceFS 1.2 to 1.4 in " + wanted;
			default -> state.startsWith("28") ? "refuses the user or its password"
					: state.startsWith("42")
							? "does not let the user read " + wanted + ": see the GRANTs in docs/capacity.md"
							: "cannot be reached or read";
		};
		boolean denied = state.startsWith("28") || state.startsWith("42");
		return new GatewayException(denied ? Kind.DENIED : Kind.UNAVAILABLE,
				database.description() + " " + why + " (SQL state " + (state.isEmpty() ? "unknown" : state) + ")",
				null);
	}

	/** A consistent snapshot of the file system. */
	private static final class Snapshot implements AutoCloseable, DirectoryReader {

		private final MetadataDatabase database;

		private final Connection connection;

		private @Nullable PreparedStatement children;

		Snapshot(MetadataDatabase database) throws SQLException {
			this.database = database;
			this.connection = database.snapshot();
		}

		/** Checks table by table, so that a failure can name the table. */
		void check() throws SQLException {
			try {
				directory("");
			}
			catch (SQLException ex) {
				throw failure(this.database, ex, "jfs_edge (parent, name, inode, type)");
			}
			try (PreparedStatement statement = this.connection.prepareStatement(FILE)) {
				statement.setQueryTimeout(TIMEOUT_SECONDS);
				statement.setLong(1, ROOT);
				try (ResultSet rows = statement.executeQuery()) {
					if (!rows.next()) {
						throw new GatewayException(Kind.REJECTED,
								this.database.description() + " holds no file system of JuiceFS", null);
					}
				}
			}
			catch (SQLException ex) {
				throw failure(this.database, ex, "jfs_node (inode, length, mtime, mtimensec, atime)");
			}
		}

		@Nullable Long directory(String name) throws SQLException {
			try (PreparedStatement statement = this.connection.prepareStatement(EDGE)) {
				statement.setQueryTimeout(TIMEOUT_SECONDS);
				statement.setLong(1, ROOT);
				statement.setBytes(2, name.getBytes(StandardCharsets.UTF_8));
				try (ResultSet rows = statement.executeQuery()) {
					return (rows.next() && rows.getInt(1) == DIRECTORY) ? Long.valueOf(rows.getLong(2)) : null;
				}
			}
		}

		@Override
		public Page read(long directory, byte[] after, int limit) throws SQLException {
			PreparedStatement statement = this.children;
			if (statement == null) {
				statement = this.connection.prepareStatement(CHILDREN);
				statement.setQueryTimeout(TIMEOUT_SECONDS);
				this.children = statement;
			}
			statement.setLong(1, directory);
			statement.setBytes(2, after);
			statement.setInt(3, limit);
			List<DirectoryEntry> entries = new ArrayList<>();
			byte[] next = after;
			int count = 0;
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					count++;
					next = rows.getBytes(1);
					long length = rows.getLong(4);
					// The gateway does not list a name without an inode either.
					if (!rows.wasNull()) {
						entries.add(new DirectoryEntry(next, rows.getInt(2), rows.getLong(3), length, rows.getLong(5),
								rows.getInt(6), rows.getLong(7)));
					}
				}
			}
			return new Page(entries, next, count < limit);
		}

		@Override
		public void close() {
			try (Connection closed = this.connection) {
				closed.rollback();
			}
			catch (SQLException ex) {
				logger.debug("the metadata database was gone before its transaction was given back");
			}
		}

	}

	private static final class JuicefsListing implements Listing {

		private final Snapshot snapshot;

		private final TreeWalk walk;

		JuicefsListing(Snapshot snapshot, long directory) {
			this.snapshot = snapshot;
			this.walk = new TreeWalk(snapshot, directory);
		}

		@Override
		public ListingPage next() {
			try {
				return this.walk.next();
			}
			catch (SQLException ex) {
				throw failure(this.snapshot.database, ex, null);
			}
		}

		@Override
		public void close() {
			this.snapshot.close();
		}

	}

}
