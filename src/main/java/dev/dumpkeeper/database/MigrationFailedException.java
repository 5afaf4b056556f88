package dev.dumpkeeper.database;

import org.jspecify.annotations.Nullable;

/**
 * A migration that the next start does not complete either: a person has to look at the
 * database.
 */
final class MigrationFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MigrationFailedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
