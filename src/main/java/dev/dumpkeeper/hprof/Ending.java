package dev.dumpkeeper.hprof;

/**
 * How a dump ends.
 *
 * @param complete whether it is whole
 * @param reason why not, or what was not looked at; empty when the end was seen
 */
record Ending(boolean complete, String reason) {

	/** The end was seen. */
	static final Ending SEEN = new Ending(true, "");

	static Ending unchecked(String reason) {
		return new Ending(true, reason);
	}

	static Ending cutOff(String reason) {
		return new Ending(false, reason);
	}

}
