package dev.dumpkeeper.database;

import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Distinguishes temporary database errors from permanent ones. The numbers are those of
 * MySQL and MariaDB; H2 has none of them.
 */
final class DatabaseErrors {

	private static final int UNKNOWN_DATABASE = 1049;

	/**
	 * The server accepts no changes: {@code read_only}, {@code innodb_read_only}, a
	 * read-only transaction, a member of a group without a majority, offline mode.
	 */
	private static final Set<Integer> READ_ONLY = Set.of(1290, 1792, 1836, 3032, 3100, 3101);

	/**
	 * A resource is exhausted or locked: disk (1021, 1114, 3675), connections (1040,
	 * 1203, 1226), memory (1037, 1038, 1041), locks (1205, 1206, 1213). Or the server
	 * ended the statement: shutdown (1053), kill (1317, 1927, 3169), a time limit (1969,
	 * 3024).
	 */
	private static final Set<Integer> FOR_NOW = Set.of(1021, 1114, 3675, 1040, 1203, 1226, 1037, 1038, 1041, 1205, 1206,
			1213, 1053, 1317, 1927, 3169, 1969, 3024);

	/** File errors with the operating system's number: 28 is a full disk. */
	private static final Pattern DISK_FULL = Pattern.compile("(?i)\\b(errno|errcode|error):? 28\\b");

	private static final String BROKEN = "Connection is closed";

	private DatabaseErrors() {
	}

	/** Whether the server is a replica, or about to become one. */
	static boolean isReadOnly(SQLException ex) {
		return READ_ONLY.contains(ex.getErrorCode());
	}

	/**
	 * Whether a retry is useful: no or an incomplete answer, or the server is temporarily
	 * unable. The pool supplies no SQLSTATE once it has evicted a connection.
	 */
	static boolean isPassing(SQLException ex) {
		return String.valueOf(ex.getSQLState()).startsWith("08")
				|| ex.getSQLState() == null && BROKEN.equals(ex.getMessage()) || isReadOnly(ex)
				|| FOR_NOW.contains(ex.getErrorCode()) || DISK_FULL.matcher(String.valueOf(ex.getMessage())).find();
	}

	/**
	 * Whether the database is unavailable, temporarily or permanently. SQLSTATE class 28
	 * is the login; H2's own codes from 90000 on concern its file.
	 */
	static boolean isUnavailable(SQLException ex) {
		return isPassing(ex) || String.valueOf(ex.getSQLState()).startsWith("28")
				|| ex.getErrorCode() == UNKNOWN_DATABASE || ex.getErrorCode() >= 90000;
	}

	static boolean isPassing(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sql && isPassing(sql)) {
				return true;
			}
		}
		return false;
	}

}
