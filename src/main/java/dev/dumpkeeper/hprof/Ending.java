package dev.dumpkeeper.hprof;

import dev.dumpkeeper.hprof.DumpFacts.Verdict;

/**
 * How a dump ends.
 *
 * @param verdict whether it is whole
 * @param reason why not, or what was not looked at; empty when the end was seen
 */
record Ending(Verdict verdict, String reason) {

	/** The end was seen. */
	static final Ending SEEN = new Ending(Verdict.COMPLETE, "");

	static Ending unchecked(String reason) {
		return new Ending(Verdict.COMPLETE, reason);
	}

	static Ending unknown(String reason) {
		return new Ending(Verdict.UNKNOWN, reason);
	}

	static Ending cutOff(String reason) {
		return new Ending(Verdict.CUT_OFF, reason);
	}

}
