package dev.dumpkeeper.database;

import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells errors of the database that pass by themselves from those that do not. The
 * numbers are those of MySQL and MariaDB; H2 has none of them.
 */
final class DatabaseErrors {

	private static final int UNKNOWN_DATABASE = 1049;

	/**
	 * The server takes no changes: {@code read_only}, {@code innodb_read_only}, a
	 * read-only transaction, a member of a group without a majority, offline mode.
	 */
	private static final Set<Integer> READ_ONLY = Set.of(1290, 1792, 1836, 3032, 3100, 3101);

	/**
	 * Something has run out or is taken: disk (1021, 1114, 3675), connections (1040,
	 * 1203, 1226), memory (1037, 1038, 1041), locks (1205, 1206, 1213). Or the server
	 * ended what was asked: shutting down (1053), killed (1317, 1927, 3169), a limit of
	 * time (1969, 3024).
	 */
	private static final Set<Integer> FOR_NOW = Set.of(1021, 1114, 3675, 1040, 1203, 1226, 1037, 1038, 1041, 1205, 1206,
			1213, 1053, 1317, 1927, 3169, 1969, 3024);

	/** Errors of files that carry the operating system's number: 28 is a full disk. */
	private static final Pattern DISK_FULL = Pattern.compile("(?i)\\b(errno|errcode|error):? 28\\b");

	private static final String BROKEN = "Connection is closed";

	private DatabaseErrors() {
	}

	/** Whether the server is a replica, or about to become one. */
	static boolean isReadOnly(SQLException ex) {
		return READ_ONLY.contains(ex.getErrorCode());
	}

	/**
	 * Whether the same is worth trying again: nobody answers, or not to the end, or the
	 * server cannot do it now. The pool gives no state once it has let go of a
	 * connection.
	 */
	static boolean isPassing(SQLException ex) {
		return String.valueOf(ex.getSQLState()).startsWith("08")
				|| ex.getSQLState() == null && BROKEN.equals(ex.getMessage()) || isReadOnly(ex)
				|| FOR_NOW.contains(ex.getErrorCode()) || DISK_FULL.matcher(String.valueOf(ex.getMessage())).find();
	}

	/**
	 * Whether the database is not available, passing or not. SQLSTATE class 28 is the
	 * login; H2's own codes from 90000 on are its file.
	 */
	static boolean isUnavailable(SQLException ex) {
		return isPassing(ex) || String.valueOf(ex.getSQLState()).startsWith("28")
				|| ex.getErrorCode() == UNKNOWN_DATABASE || ex.getErrorCode() >= 90000;
	}

	/** Whether a failure comes from an error that passes. */
	static boolean isPassing(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sql && isPassing(sql)) {
				return true;
			}
		}
		return false;
	}

}
