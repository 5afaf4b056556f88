package dev.dumpkeeper.hprof;

import dev.dumpkeeper.hprof.HeapContents.State;

/**
 * Ends the reading of a dump for what is in it or for the budget.
 */
final class HeapReadAbortedException extends Exception {

	private final State state;

	/**
	 * Ends it.
	 * @param state what to say of the dump
	 * @param reason why, in a few English words
	 */
	HeapReadAbortedException(State state, String reason) {
		super(reason, null, false, false);
		this.state = state;
	}

	State state() {
		return this.state;
	}

	String reason() {
		return String.valueOf(getMessage());
	}

}
