package dev.dumpkeeper.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One statement of a migration, and how to determine whether it was executed.
 *
 * @param sql the statement
 * @param kind what it does
 * @param names what it creates or drops, preceded by its table if it has one; empty if it
 * changes rows
 */
record MigrationStatement(String sql, Kind kind, List<String> names) {

	private static final Pattern COMMENTS = Pattern.compile("\\A(\\s*--[^\\n]*(\\n|\\z))+");

	/**
	 * Parses a statement.
	 * @param text as Flyway supplies it, with or without preceding comments and a
	 * trailing delimiter
	 * @return the statement
	 * @throws IllegalArgumentException when it is of a kind that cannot be repeated
	 * safely
	 */
	static MigrationStatement of(String text) {
		String sql = COMMENTS.matcher(text).replaceFirst("").strip();
		while (sql.endsWith(";")) {
			sql = sql.substring(0, sql.length() - 1).strip();
		}
		for (Kind kind : Kind.values()) {
			Matcher matcher = kind.pattern.matcher(sql);
			if (matcher.lookingAt()) {
				return new MigrationStatement(sql, kind, kind.names(matcher));
			}
		}
		throw new IllegalArgumentException("a migration cannot be resumed at '" + sql.lines().findFirst().orElse("")
				+ "': it creates or drops no table, creates no sequence or index, adds no column and changes no rows");
	}

	String hash() {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(this.sql.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Whether it changes rows, and takes part in transactions. */
	boolean isData() {
		return this.kind == Kind.DATA;
	}

	/**
	 * Whether it was executed by anybody: what it creates exists, or what it drops does
	 * not.
	 */
	boolean isDone(Connection connection) throws SQLException {
		return this.kind.isThere(connection, this.names) != (this.kind == Kind.DROP);
	}

	/** Describes the problem if something else executed it. */
	String strange() {
		return (this.kind == Kind.DROP) ? "the database has no " + what() + ", which it drops"
				: "the database has a " + what() + " that was not created by these migrations";
	}

	String what() {
		String name = this.names.get(this.names.size() - 1);
		String what = ((this.kind == Kind.DROP) ? Kind.TABLE : this.kind).name().toLowerCase(Locale.ROOT) + " " + name;
		return (this.names.size() > 1) ? what + " of table " + this.names.get(0) : what;
	}

	/** The kinds of statements that migrations may contain. */
	enum Kind {

		/** Creates a table. */
		TABLE("CREATE TABLE (?!IF )(\\w+)", "tables", "table_name"),

		/** Adds a column, one for each statement. */
		COLUMN("ALTER TABLE (\\w+) ADD COLUMN (?!IF )(\\w+)(?!.*, *ADD )", "columns", "table_name", "column_name"),

		/** Creates an index. */
		INDEX("CREATE (?:UNIQUE )?INDEX (?!IF )(\\w+) ON (\\w+)", "statistics", "table_name", "index_name"),

		/** Creates a sequence, which only H2 has. */
		SEQUENCE("CREATE SEQUENCE (\\w+)", "sequences", "sequence_name"),

		/** Drops a table, one for each statement. */
		DROP("DROP TABLE (?!IF )(\\w+)\\z", "tables", "table_name"),

		/** Changes rows. */
		DATA("(?:INSERT|UPDATE|DELETE)\\b", "");

		private final Pattern pattern;

		private final String view;

		private final List<String> columns;

		Kind(String pattern, String view, String... columns) {
			this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
			this.view = view;
			this.columns = List.of(columns);
		}

		private List<String> names(Matcher matcher) {
			return switch (this) {
				case TABLE, SEQUENCE, DROP -> List.of(matcher.group(1));
				case COLUMN -> List.of(matcher.group(1), matcher.group(2));
				case INDEX -> List.of(matcher.group(2), matcher.group(1));
				case DATA -> List.of();
			};
		}

		private boolean isThere(Connection connection, List<String> names) throws SQLException {
			boolean h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
			String schema = (this == SEQUENCE) ? "sequence_schema" : "table_schema";
			StringBuilder sql = new StringBuilder("SELECT COUNT(*) FROM information_schema.")
				.append((this == INDEX && h2) ? "indexes" : this.view)
				.append(" WHERE ")
				.append(schema)
				.append(" = SCHEMA()");
			// H2 stores names in upper case, MySQL as written or in lower case.
			this.columns.forEach((column) -> sql.append(" AND UPPER(").append(column).append(") = ?"));
			try (PreparedStatement query = connection.prepareStatement(sql.toString())) {
				for (int i = 0; i < names.size(); i++) {
					query.setString(i + 1, names.get(i).toUpperCase(Locale.ROOT));
				}
				try (ResultSet rows = query.executeQuery()) {
					return rows.next() && rows.getLong(1) > 0;
				}
			}
		}

	}

}
