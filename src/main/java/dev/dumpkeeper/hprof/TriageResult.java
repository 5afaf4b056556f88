package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.util.Optional;

import dev.dumpkeeper.hprof.DumpFacts.Verdict;

/**
 * The result of reading the start and the end of a dump: whether it is complete, and why
 * it was made.
 *
 * @param facts whether it is complete
 * @param death why it was made; empty for a file that is not a dump or cannot be read now
 */
public record TriageResult(DumpFacts facts, Optional<Death> death) {

	/**
	 * Reads a few MB of a dump, {@value Ranges#MOST} bytes at most. Never throws for the
	 * content of the file, nor for an {@link IOException} of the source. It needs a few
	 * times as much memory as it reads; of a compressed dump, at most 16 MiB are
	 * inflated.
	 * @param source the file
	 * @param size its size in bytes, from a listing or HEAD request
	 * @return the result; the same for the same bytes
	 */
	public static TriageResult of(DumpSource source, long size) {
		if (size <= 0) {
			return new TriageResult(DumpCheck.check(source, size), Optional.empty());
		}
		Ranges ranges = new Ranges(source, size);
		DumpCheck.Checked checked = DumpCheck.check(ranges);
		DumpFacts facts = checked.facts();
		if (facts.verdict() != Verdict.COMPLETE && facts.verdict() != Verdict.TRUNCATED
				&& facts.verdict() != Verdict.UNKNOWN) {
			return new TriageResult(facts, Optional.empty());
		}
		try {
			return new TriageResult(facts,
					Optional.of(Stacks.death(DumpFront.read(ranges, facts.gzip()), checked.stacksBehind())));
		}
		catch (IOException ex) {
			return new TriageResult(facts,
					Optional.of(Death.unknown("the front cannot be read now: " + ex.getMessage())));
		}
	}

	/**
	 * Corrects the result after a complete reading.
	 * @param contents the result of the reading
	 * @return a result that does not contradict it
	 * @see DumpFacts#settledBy(HeapContents)
	 */
	public TriageResult settledBy(HeapContents contents) {
		return new TriageResult(this.facts.settledBy(contents), this.death);
	}

}
