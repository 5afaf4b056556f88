package dev.dumpkeeper.lab;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A database of a server that others are copied from. Migrating one for each test takes
 * longer than most tests.
 */
final class DatabaseTemplate {

	private final DatabaseServer server;

	private final List<String> statements = new ArrayList<>();

	/**
	 * Reads it.
	 * @param server where it is and where its copies will be
	 * @param database the name of one that does not change any more
	 */
	DatabaseTemplate(DatabaseServer server, String database) {
		this.server = server;
		// Tables refer to others that come later.
		this.statements.add("SET foreign_key_checks = 0");
		try (Connection connection = server.connect(database); Statement statement = connection.createStatement()) {
			for (String table : strings(statement, "SHOW TABLES", 1)) {
				this.statements.addAll(strings(statement, "SHOW CREATE TABLE `" + table + "`", 2));
				if (!strings(statement, "SELECT 1 FROM `" + table + "` LIMIT 1", 1).isEmpty()) {
					this.statements.add("INSERT INTO `" + table + "` SELECT * FROM `" + database + "`.`" + table + "`");
				}
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes a database with the same tables, keys and rows.
	 * @param prefix what its name starts with
	 * @return its name
	 */
	String copy(String prefix) {
		String copy = this.server.newDatabase(prefix);
		this.server.execute(copy, this.statements.toArray(String[]::new));
		return copy;
	}

	private static List<String> strings(Statement statement, String query, int column) throws SQLException {
		List<String> strings = new ArrayList<>();
		try (ResultSet rows = statement.executeQuery(query)) {
			while (rows.next()) {
				strings.add(rows.getString(column));
			}
		}
		return strings;
	}

}
