package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.time.Instant;
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

	private DumpCheck() {
	}

	/**
	 * Tells from a few small ranged reads whether a heap dump is whole. Never throws for
	 * what is in the file, nor for an {@link IOException} of the source. A dump that is
	 * being written is {@link Verdict#EMPTY}, {@link Verdict#CUT_OFF} or
	 * {@link Verdict#NOT_READABLE} meanwhile: only its age tells. A dump cut off right
	 * behind nine bytes that look like its end passes for whole, which only a walk over
	 * all of it would find.
	 * @param source the file
	 * @param size its size in bytes, as a listing or HEAD tells
	 * @return what was found; the same for the same bytes
	 */
	public static DumpFacts check(DumpSource source, long size) {
		if (size <= 0) {
			return new DumpFacts(Verdict.EMPTY, false, Optional.empty(), "it has no bytes");
		}
		return check(new Ranges(source, size));
	}

	static DumpFacts check(Ranges ranges) {
		long size = ranges.size();
		boolean gzip = false;
		Optional<Instant> startedAt = Optional.empty();
		try {
			byte[] front = ranges.read(0, FRONT);
			gzip = GzipMember.beginsAt(front, 0);
			byte[] plain = gzip ? GzipMember.front(front, HprofFormat.HEADER) : front;
			boolean whole = plain.length >= HprofFormat.HEADER;
			boolean seen = plain.length > 0 || GzipMember.isByHotspot(front);
			if (!seen || !HprofFormat.beginsLikeADump(plain) || !whole && size > FRONT) {
				return new DumpFacts(Verdict.NOT_A_DUMP, gzip, startedAt, "it does not begin like a heap dump");
			}
			startedAt = HprofFormat.startedAt(plain);
			if (!whole) {
				return new DumpFacts(Verdict.CUT_OFF, gzip, startedAt, "it ends within its header");
			}
			Ending ending = gzip ? GzipEnding.of(ranges, front) : ending(ranges, front);
			return new DumpFacts(ending.complete() ? Verdict.COMPLETE : Verdict.CUT_OFF, gzip, startedAt,
					ending.reason());
		}
		catch (IOException ex) {
			return new DumpFacts(Verdict.NOT_READABLE, gzip, startedAt, "it cannot be read now: " + ex.getMessage());
		}
	}

	private static Ending ending(Ranges ranges, byte[] front) throws IOException {
		long size = ranges.size();
		byte[] tail = (size <= front.length) ? front : ranges.read(size - HprofFormat.RECORD, HprofFormat.RECORD);
		if (size >= HprofFormat.HEADER + HprofFormat.RECORD && HprofFormat.isEnd(tail)) {
			return Ending.SEEN;
		}
		RecordWalk walk = new RecordWalk();
		walk.accept(0, front, front.length);
		int step = FIRST_STEP;
		while (walk.isOpen() && walk.wanted() < size && ranges.left() > 0) {
			long from = walk.wanted();
			byte[] bytes = ranges.read(from, step);
			walk.accept(from, bytes, bytes.length);
			step = Math.min(2 * step, LONGEST_STEP);
		}
		return walk.ending(size);
	}

}
