package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

import dev.dumpkeeper.hprof.DumpFacts.Verdict;

/**
 * Tells whether a heap dump is whole. Most dumps take two small reads, compressed ones a
 * read of a little over a MiB; none takes more than 8 MiB in all, nor that much memory.
 */
public final class DumpCheck {

	/** Holds the header, also of a compressed dump. */
	private static final int FRONT = 8 * 1024;

	private static final int FIRST_STEP = 64 * 1024;

	private static final int LONGEST_STEP = 1024 * 1024;

	/** Behind a heap record mostly one record is of interest. */
	private static final int HOP = 4 * 1024;

	/** After so many reads behind the first heap record the walk ends. */
	private static final int MOST_HOPS = 8;

	/** What a tool appends to segments is found in the last bytes. */
	private static final int TAIL = 64 * 1024;

	private DumpCheck() {
	}

	/**
	 * Tells from a few small ranged reads whether a heap dump is whole. Never throws for
	 * what is in the file, nor for an {@link IOException} of the source. A dump that is
	 * being written is {@link Verdict#EMPTY}, {@link Verdict#TRUNCATED},
	 * {@link Verdict#UNKNOWN} or {@link Verdict#NOT_READABLE} meanwhile: only its age
	 * tells. A dump cut off right behind nine bytes that look like its end passes for
	 * whole, and one to whose many segments a tool has appended more than {@value #TAIL}
	 * bytes passes for cut off: only reading all of it tells.
	 * @param source the file
	 * @param size its size in bytes, as a listing or HEAD tells
	 * @return what was found; the same for the same bytes
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

	/** Too many segments to go over all of them. */
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
	 * What was found.
	 *
	 * @param stacksBehind whether frames or traces were seen behind a heap
	 */
	record Checked(DumpFacts facts, boolean stacksBehind) {

	}

}
