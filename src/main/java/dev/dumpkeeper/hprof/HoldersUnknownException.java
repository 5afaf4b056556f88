package dev.dumpkeeper.hprof;

/**
 * Ends the search for what holds a heap. The histogram does not need it and goes on.
 */
final class HoldersUnknownException extends Exception {

	/**
	 * Ends it.
	 * @param reason why, in a few English words
	 */
	HoldersUnknownException(String reason) {
		super(reason, null, false, false);
	}

	String reason() {
		return String.valueOf(getMessage());
	}

}
