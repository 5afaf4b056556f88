package dev.dumpkeeper.hprof;

import dev.dumpkeeper.hprof.HeapContents.State;

/**
 * Aborts the reading of a dump because of its content or the budget.
 */
final class HeapReadAbortedException extends Exception {

	private final State state;

	/**
	 * Creates the exception.
	 * @param state the state of the result
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
