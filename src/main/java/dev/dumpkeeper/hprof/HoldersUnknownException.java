package dev.dumpkeeper.hprof;

/**
 * Aborts the search for holders. The histogram does not depend on it and continues.
 */
final class HoldersUnknownException extends Exception {

	/**
	 * Creates the exception.
	 * @param reason why, in a few English words
	 */
	HoldersUnknownException(String reason) {
		super(reason, null, false, false);
	}

	String reason() {
		return String.valueOf(getMessage());
	}

}
