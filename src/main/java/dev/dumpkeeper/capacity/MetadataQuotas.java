package dev.dumpkeeper.capacity;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Reads the quotas of a JuiceFS file system's root directories out of its metadata
 * database. Only the columns named here are read; the tables beside them hold
 * credentials.
 */
final class MetadataQuotas {

	private static final String QUOTAS = """
			SELECT e.name, q.max_space, q.used_space FROM jfs_edge e JOIN jfs_dir_quota q ON q.inode = e.inode
			WHERE e.parent = 1 AND e.type = 2""";

	private static final int TIMEOUT_SECONDS = 20;

	private final CapacityProperties.Metadata properties;

	MetadataQuotas(CapacityProperties.Metadata properties) {
		this.properties = properties;
	}

	/** Asks once. Every failure is an answer, too. */
	Answer read() {
		String url = this.properties.url();
		if (url == null || url.isBlank()) {
			return new Answer(Map.of(), "");
		}
		Map<String, Quota> quotas = new HashMap<>();
		try (Connection connection = DriverManager.getConnection(url, login(url))) {
			connection.setReadOnly(true);
			try (Statement statement = connection.createStatement()) {
				statement.setQueryTimeout(TIMEOUT_SECONDS);
				try (ResultSet rows = statement.executeQuery(QUOTAS)) {
					while (rows.next()) {
						// Names are bytes: a VARBINARY column.
						quotas.put(new String(rows.getBytes(1), StandardCharsets.UTF_8),
								new Quota(rows.getLong(2), rows.getLong(3)));
					}
				}
			}
			return new Answer(quotas, "");
		}
		catch (SQLException ex) {
			return new Answer(Map.of(), problem(ex));
		}
	}

	private Properties login(String url) {
		Properties login = new Properties();
		if (this.properties.username() != null) {
			login.setProperty("user", this.properties.username());
		}
		if (this.properties.password() != null) {
			login.setProperty("password", this.properties.password());
		}
		if (url.startsWith("jdbc:mysql:")) {
			login.setProperty("connectTimeout", "10000");
			login.setProperty("socketTimeout", "30000");
		}
		return login;
	}

	// Not the driver's words: they may repeat the address with what it holds.
	private static String problem(SQLException ex) {
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		String why = state.startsWith("08") ? "cannot be reached"
				: state.startsWith("28") ? "refuses the user or its password" : state.startsWith("42")
						? "has other tables or columns than JuiceFS 1.2 to 1.4, or hides them" : "cannot be read";
		return "the metadata database " + why + " (SQL state " + (state.isEmpty() ? "unknown" : state)
				+ "); quotas are not known in this run";
	}

	/**
	 * What was found.
	 *
	 * @param quotas by root directory
	 * @param problem why nothing was found, or empty
	 */
	record Answer(Map<String, Quota> quotas, String problem) {

	}

}
