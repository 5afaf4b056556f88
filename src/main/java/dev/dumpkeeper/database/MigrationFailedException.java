package dev.dumpkeeper.database;

import org.jspecify.annotations.Nullable;

/**
 * A migration that the next start cannot complete either: the database needs manual
 * action.
 */
final class MigrationFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MigrationFailedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
