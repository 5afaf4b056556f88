package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

import dev.dumpkeeper.hprof.DumpFacts.Verdict;

/**
 * Determines whether a heap dump is complete. Most dumps take two small reads, compressed
 * ones a read of slightly more than a MiB; none takes more than 8 MiB in total, nor that
 * much memory.
 */
public final class DumpCheck {

	/** Contains the header, even of a compressed dump. */
	private static final int FRONT = 8 * 1024;

	private static final int FIRST_STEP = 64 * 1024;

	private static final int LONGEST_STEP = 1024 * 1024;

	/** After a heap record usually only one record matters. */
	private static final int HOP = 4 * 1024;

	/** The maximum number of reads after the first heap record. */
	private static final int MOST_HOPS = 8;

	/** Where records are searched that a tool appended to segments. */
	private static final int TAIL = 64 * 1024;

	private DumpCheck() {
	}

	/**
	 * Determines from a few small ranged reads whether a heap dump is complete. Never
	 * throws for the content of the file, nor for an {@link IOException} of the source. A
	 * dump that is being written is {@link Verdict#EMPTY}, {@link Verdict#TRUNCATED},
	 * {@link Verdict#UNKNOWN} or {@link Verdict#NOT_READABLE}: only its age distinguishes
	 * it. Two cases need a complete reading: a dump that is truncated directly after nine
	 * bytes that look like its end is reported as complete, and one with many segments to
	 * which a tool has appended more than {@value #TAIL} bytes is reported as truncated.
	 * @param source the file
	 * @param size its size in bytes, from a listing or HEAD request
	 * @return the result; the same for the same bytes
	 */
	public static DumpFacts check(DumpSource source, long size) {
		if (size <= 0) {
			return new DumpFacts(Verdict.EMPTY, false, Optional.empty(), "it has no bytes");
		}
		return check(new Ranges(source, size)).facts();
	}

	static Checked check(Ranges ranges) {
		long size = ranges.size();
		boolean gzip = false;
		Optional<Instant> startedAt = Optional.empty();
		try {
			byte[] front = ranges.read(0, FRONT);
			gzip = Gunzip.beginsAt(front, 0);
			byte[] plain = gzip ? Gunzip.front(front, HprofFormat.HEADER) : front;
			boolean whole = plain.length >= HprofFormat.HEADER;
			boolean seen = plain.length > 0 || GzipEnding.isByHotspot(front);
			if (!seen || !HprofFormat.beginsLikeADump(plain) || !whole && size > FRONT) {
				return new Checked(
						new DumpFacts(Verdict.NOT_A_DUMP, gzip, startedAt, "it does not begin like a heap dump"),
						false);
			}
			startedAt = HprofFormat.startedAt(plain);
			if (!whole) {
				return new Checked(new DumpFacts(Verdict.TRUNCATED, gzip, startedAt, "it ends within its header"),
						false);
			}
			RecordWalk walk = new RecordWalk();
			DumpEnd ending = gzip ? GzipEnding.of(ranges, front, walk) : ending(ranges, front, walk);
			return new Checked(new DumpFacts(ending.verdict(), gzip, startedAt, ending.reason()),
					walk.hasStacksBehind());
		}
		catch (IOException ex) {
			return new Checked(
					new DumpFacts(Verdict.NOT_READABLE, gzip, startedAt, "it cannot be read now: " + ex.getMessage()),
					false);
		}
	}

	private static DumpEnd ending(Ranges ranges, byte[] front, RecordWalk walk) throws IOException {
		long size = ranges.size();
		byte[] tail = (size <= front.length) ? front : ranges.read(size - HprofFormat.RECORD, HprofFormat.RECORD);
		walk.accept(0, front, front.length);
		if (size >= HprofFormat.HEADER + HprofFormat.RECORD && HprofFormat.isEnd(tail)) {
			return DumpEnd.SEEN;
		}
		int step = FIRST_STEP;
		int hops = 0;
		int heaps = 0;
		while (walk.isOpen() && walk.wanted() < size && ranges.left() > 0 && hops < MOST_HOPS) {
			if (walk.heaps() > heaps) {
				heaps = walk.heaps();
				step = HOP;
			}
			hops += (heaps > 0) ? 1 : 0;
			long from = walk.wanted();
			byte[] bytes = ranges.read(from, step);
			walk.accept(from, bytes, bytes.length);
			step = Math.min(2 * step, LONGEST_STEP);
		}
		if (walk.isOpen() && walk.isAmongSegments() && walk.wanted() < size) {
			return endingOfMany(ranges, front);
		}
		return walk.ending(size);
	}

	/** For too many segments to visit all of them. */
	private static DumpEnd endingOfMany(Ranges ranges, byte[] front) throws IOException {
		byte[] tail = ranges.read(ranges.size() - Math.min(ranges.size(), TAIL), TAIL);
		if (HprofFormat.isEndWithMore(tail)) {
			return DumpEnd.SEEN;
		}
		if (HprofFormat.isByTheAgent(front)) {
			return DumpEnd.unknown(String.format(Locale.ROOT,
					"its agent may have written more than the last %d bytes behind the heap", TAIL));
		}
		return DumpEnd.cutOff("it ends among the segments of the heap, without an end record");
	}

	/**
	 * The result.
	 *
	 * @param stacksBehind whether frames or traces were found after a heap
	 */
	record Checked(DumpFacts facts, boolean stacksBehind) {

	}

}
