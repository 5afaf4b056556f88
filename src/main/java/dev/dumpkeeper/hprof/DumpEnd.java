package dev.dumpkeeper.hprof;

import dev.dumpkeeper.hprof.DumpFacts.Verdict;

/**
 * How a dump ends.
 *
 * @param verdict whether it is complete
 * @param reason why not, or what was not checked; empty when the end was found
 */
record DumpEnd(Verdict verdict, String reason) {

	static final DumpEnd SEEN = new DumpEnd(Verdict.COMPLETE, "");

	static DumpEnd unchecked(String reason) {
		return new DumpEnd(Verdict.COMPLETE, reason);
	}

	static DumpEnd unknown(String reason) {
		return new DumpEnd(Verdict.UNKNOWN, reason);
	}

	static DumpEnd cutOff(String reason) {
		return new DumpEnd(Verdict.TRUNCATED, reason);
	}

}
