package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.util.Optional;

import dev.dumpkeeper.hprof.DumpFacts.Verdict;

/**
 * What the front and the end of a dump tell: whether it is whole, and why it was made.
 *
 * @param facts whether it is whole
 * @param death why it was made; empty for what is no dump or cannot be read now
 */
public record FirstLook(DumpFacts facts, Optional<Death> death) {

	/**
	 * Reads a few MB of a dump at most: {@value Ranges#MOST} bytes in all. Never throws
	 * for what is in the file, nor for an {@link IOException} of the source. The memory
	 * it needs is a few times what it reads; of a compressed front, 16 MiB are inflated
	 * at most.
	 * @param source the file
	 * @param size its size in bytes, as a listing or HEAD tells
	 * @return what was found; the same for the same bytes
	 */
	public static FirstLook take(DumpSource source, long size) {
		if (size <= 0) {
			return new FirstLook(DumpCheck.check(source, size), Optional.empty());
		}
		Ranges ranges = new Ranges(source, size);
		DumpCheck.Checked checked = DumpCheck.check(ranges);
		DumpFacts facts = checked.facts();
		if (facts.verdict() != Verdict.COMPLETE && facts.verdict() != Verdict.TRUNCATED
				&& facts.verdict() != Verdict.UNKNOWN) {
			return new FirstLook(facts, Optional.empty());
		}
		try {
			return new FirstLook(facts,
					Optional.of(Stacks.death(DumpFront.read(ranges, facts.gzip()), checked.stacksBehind())));
		}
		catch (IOException ex) {
			return new FirstLook(facts, Optional.of(Death.unknown("the front cannot be read now: " + ex.getMessage())));
		}
	}

	/**
	 * The same after all of the dump was read.
	 * @param contents what the reading found
	 * @return a look that does not contradict it
	 * @see DumpFacts#settledBy(HeapContents)
	 */
	public FirstLook settledBy(HeapContents contents) {
		return new FirstLook(this.facts.settledBy(contents), this.death);
	}

}
