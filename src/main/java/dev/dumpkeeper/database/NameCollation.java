package dev.dumpkeeper.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Map;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * Makes MySQL and MariaDB compare names as Java does. Their default collations treat "a"
 * and "A" as one name, and {@code utf8mb4_bin} treats "a" and "a " as one: people choose
 * names, and could choose one that belongs to another's group. The collation that does
 * neither has a different name on each of the two.
 */
final class NameCollation {

	private NameCollation() {
	}

	/** Executes migrations with the collation of their database. */
	static void migrate(Flyway flyway) {
		DataSource dataSource = flyway.getConfiguration().getDataSource();
		try {
			String collation = collation(dataSource);
			if (collation.isEmpty()) {
				flyway.migrate();
				return;
			}
			new FluentConfiguration().configuration(flyway.getConfiguration())
				.placeholders(Map.of("bin", "CHARACTER SET utf8mb4 COLLATE " + collation, "text",
						"CHARACTER SET utf8mb4", "datetime", "DATETIME"))
				.load()
				.migrate();
		}
		catch (SQLException ex) {
			throw new UncategorizedSQLException("migration", null, ex);
		}
	}

	/**
	 * Returns the collation that does neither; empty for H2, whose comparison is exact.
	 */
	private static String collation(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			DatabaseMetaData server = connection.getMetaData();
			if (server.getDatabaseProductName().equals("H2")) {
				return "";
			}
			return server.getDatabaseProductVersion().contains("MariaDB") ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin";
		}
	}

}
