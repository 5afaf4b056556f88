package dev.dumpkeeper.capacity;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.VolumeName;
import dev.dumpkeeper.metadata.MetadataDatabase;
import dev.dumpkeeper.metadata.MetadataDatabases;

/**
 * Reads the quotas of the root directories of JuiceFS's file systems from their metadata
 * databases. Only the columns named here are read; other tables hold credentials.
 */
final class MetadataQuotas {

	private static final String QUOTAS = """
			SELECT e.name, e.type, q.max_space, q.used_space FROM jfs_edge e
			LEFT JOIN jfs_dir_quota q ON q.inode = e.inode WHERE e.parent = 1""";

	private static final int DIRECTORY = 2;

	/** Names that a gateway reserves at the root. */
	private static final Set<String> OWN = Set.of(".sys", ".minio.sys");

	private static final String USED = "SELECT c.value FROM jfs_counter c WHERE c.name = 'usedSpace'";

	// The database extracts the two fields, so that the fields beside them are never
	// transferred.
	private static final String FORMAT = """
			SELECT JSON_EXTRACT(s.value, '$.Capacity'), JSON_EXTRACT(s.value, '$.TrashDays')
			FROM jfs_setting s WHERE s.name = 'format'""";

	/** For PostgreSQL, whose column has the type text. */
	private static final String FORMAT_IN_POSTGRESQL = """
			SELECT s.value::json->>'Capacity', s.value::json->>'TrashDays'
			FROM jfs_setting s WHERE s.name = 'format'""";

	private static final int TIMEOUT_SECONDS = 20;

	/** The maximum number of quotas; a larger file system would need another approach. */
	private static final int MAX_ROWS = 100_000;

	private final MetadataDatabases databases;

	MetadataQuotas(MetadataDatabases databases) {
		this.databases = databases;
	}

	/** Reads each database once. Returns an answer for every failure. */
	Answer read() {
		Answer all = new Answer(Map.of(), Set.of(), null, "");
		for (MetadataDatabase database : this.databases.all()) {
			Answer one = read(database);
			Map<String, Quota> quotas = new HashMap<>(all.quotas());
			one.quotas()
				.forEach((name, quota) -> quotas.put(new VolumeName(database.gateway(), name).toString(), quota));
			boolean first = database.gateway().isEmpty();
			String problem = Stream.of(all.problem(), one.problem())
				.filter((why) -> !why.isEmpty())
				.collect(Collectors.joining("; "));
			all = new Answer(quotas, first ? one.others() : all.others(), first ? one.whole() : all.whole(), problem);
		}
		return all;
	}

	private static Answer read(MetadataDatabase database) {
		Map<String, Quota> quotas = new HashMap<>();
		Set<String> others = new HashSet<>();
		try (Connection connection = database.connect()) {
			try (Statement statement = connection.createStatement()) {
				statement.setQueryTimeout(TIMEOUT_SECONDS);
				statement.setMaxRows(MAX_ROWS + 1);
				try (ResultSet rows = statement.executeQuery(QUOTAS)) {
					for (int row = 1; rows.next(); row++) {
						if (row > MAX_ROWS) {
							return new Answer(Map.of(), Set.of(), null, database.description() + " has more than "
									+ MAX_ROWS
									+ " names at the root of the file system; quotas are not known in this run");
						}
						// Names are bytes in a VARBINARY column.
						byte @Nullable [] bytes = rows.getBytes(1);
						if (bytes == null) {
							continue;
						}
						String name = new String(bytes, StandardCharsets.UTF_8);
						Quota quota = new Quota(rows.getLong(3), rows.getLong(4));
						if (rows.getInt(2) == DIRECTORY && isThere(rows) && !OWN.contains(name)) {
							quotas.put(name, quota);
						}
						else if (!OWN.contains(name)) {
							others.add(name);
						}
					}
				}
			}
			return new Answer(quotas, others, whole(connection), "");
		}
		catch (SQLException ex) {
			return new Answer(Map.of(), Set.of(), null, problem(database, ex));
		}
	}

	private static boolean isThere(ResultSet row) throws SQLException {
		row.getLong(3);
		return !row.wasNull();
	}

	/**
	 * Returns the file system, or {@code null} for a user who may read quotas but not
	 * this.
	 */
	private static @Nullable Whole whole(Connection connection) throws SQLException {
		Long used = numbers(connection, USED, 1).get(0);
		if (used == null) {
			return null;
		}
		List<@Nullable Long> format = numbers(connection,
				"PostgreSQL".equals(connection.getMetaData().getDatabaseProductName()) ? FORMAT_IN_POSTGRESQL : FORMAT,
				2);
		Long days = format.get(1);
		boolean usable = days != null && days >= 0 && days <= Integer.MAX_VALUE;
		return new Whole(used, format.get(0), usable ? Integer.valueOf(days.intValue()) : null);
	}

	/**
	 * Returns the columns of the only row; a missing or non-numeric value is
	 * {@code null}.
	 */
	private static List<@Nullable Long> numbers(Connection connection, String sql, int columns) {
		@Nullable Long[] numbers = new Long[columns];
		try (Statement statement = connection.createStatement()) {
			statement.setQueryTimeout(TIMEOUT_SECONDS);
			statement.setMaxRows(1);
			try (ResultSet rows = statement.executeQuery(sql)) {
				if (rows.next()) {
					for (int i = 0; i < columns; i++) {
						numbers[i] = number(rows.getString(i + 1));
					}
				}
			}
		}
		catch (SQLException ex) {
			// The user may not read them, as described above.
			return Arrays.asList(new Long[columns]);
		}
		return Arrays.asList(numbers);
	}

	private static @Nullable Long number(@Nullable String text) {
		try {
			return (text != null) ? Long.valueOf(text.strip()) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	// Omits the driver's message, which may repeat the address and its password.
	private static String problem(MetadataDatabase database, SQLException ex) {
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		String why = state.startsWith("08") ? "cannot be reached"
				: state.startsWith("28") ? "refuses the user or its password" : state.startsWith("42")
						? "has other tables or columns than JuiceFS 1.2 to 1.4, or hides them" : "cannot be read";
		return database.description() + " " + why + " (SQL state " + (state.isEmpty() ? "unknown" : state)
				+ "); quotas are not known in this run";
	}

	/**
	 * The quotas in the databases.
	 *
	 * @param quotas by volume
	 * @param others other entries at the root of the file system of
	 * {@code dumpkeeper.gateway}: directories without a quota, files
	 * @param whole that file system as a whole, {@code null} if it may not be read
	 * @param problem why nothing was read, or empty
	 */
	record Answer(Map<String, Quota> quotas, Set<String> others, @Nullable Whole whole, String problem) {

	}

	/**
	 * The file system as a whole.
	 *
	 * @param usedBytes the counter, trash included; it can drift, even below zero
	 * @param capacityBytes the capacity, 0 or {@code null} if unlimited, {@code null}
	 * also if it may not be read
	 * @param trashDays how many days deleted files are kept, {@code null} if it may not
	 * be read
	 */
	record Whole(long usedBytes, @Nullable Long capacityBytes, @Nullable Integer trashDays) {

	}

}
