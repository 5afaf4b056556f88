package dev.dumpkeeper.lab;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * All of a database as SQL that MySQL and MariaDB read, whichever of them wrote it.
 */
public final class DatabaseDump {

	/** Stands for the collation of names, which differs. */
	private static final String NAMES = "@names@";

	private static final Set<Integer> NUMBERS = Set.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT,
			Types.DECIMAL, Types.NUMERIC, Types.REAL, Types.FLOAT, Types.DOUBLE);

	private static final Set<Integer> BYTES = Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB);

	private DatabaseDump() {
	}

	/**
	 * Writes a database down.
	 * @param server where it is
	 * @param database its name
	 * @return the statements that make it again
	 */
	public static String of(DatabaseServer server, String database) {
		StringBuilder sql = new StringBuilder();
		try (Connection connection = server.connect(database); Statement statement = connection.createStatement()) {
			for (String table : strings(statement, "SHOW TABLES", 1)) {
				String create = strings(statement, "SHOW CREATE TABLE `" + table + "`", 2).get(0);
				sql.append(create.replaceAll(" COLLATE=\\w+", "")
					.replaceAll(" AUTO_INCREMENT=\\d+", "")
					.replace(server.nameCollation(), NAMES)).append(";\n");
				// The server computes the others itself.
				String columns = String.join(", ",
						strings(statement,
								"""
										SELECT CONCAT('`', column_name, '`') FROM information_schema.columns
										WHERE table_schema = DATABASE() AND table_name = '%s' AND COALESCE(generation_expression, '') = ''
										ORDER BY ordinal_position"""
									.formatted(table),
								1));
				try (ResultSet rows = statement.executeQuery("SELECT " + columns + " FROM `" + table + "`")) {
					while (rows.next()) {
						sql.append("INSERT INTO `" + table + "` (" + columns + ") VALUES (" + row(rows) + ");\n");
					}
				}
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return sql.toString();
	}

	/**
	 * Makes a database again.
	 * @param server where
	 * @param prefix what its name starts with
	 * @param sql what {@link #of} returned
	 * @return its name
	 */
	public static String restore(DatabaseServer server, String prefix, String sql) {
		String database = server.newDatabase(prefix);
		List<String> statements = new ArrayList<>();
		// Tables refer to others that come later.
		statements.add("SET foreign_key_checks = 0");
		statements.addAll(List.of(sql.replace(NAMES, server.nameCollation()).split(";\n")));
		server.execute(database, statements.toArray(String[]::new));
		return database;
	}

	private static String row(ResultSet rows) throws SQLException {
		ResultSetMetaData columns = rows.getMetaData();
		StringJoiner values = new StringJoiner(", ");
		for (int i = 1; i <= columns.getColumnCount(); i++) {
			values.add(value(rows, i, columns.getColumnType(i)));
		}
		return values.toString();
	}

	private static String value(ResultSet rows, int column, int type) throws SQLException {
		if (rows.getObject(column) == null) {
			return "NULL";
		}
		if (type == Types.BIT || type == Types.BOOLEAN) {
			return String.valueOf(rows.getInt(column));
		}
		if (BYTES.contains(type)) {
			return "X'" + HexFormat.of().formatHex(rows.getBytes(column)) + "'";
		}
		String text = rows.getString(column);
		if (NUMBERS.contains(type)) {
			return text;
		}
		// Quotes, backslashes and line ends are read in more than one way.
		return text.matches("[ -~&&[^'\\\\;]]*") ? "'" + text + "'"
				: "CONVERT(X'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "' USING utf8mb4)";
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
