package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds how a compressed dump ends. HotSpot compresses each MiB separately, so the last
 * members, which are in the file's tail, are sufficient. Other tools, such as gzip(1) and
 * jhsdb, write a single member, which has to be inflated from its start.
 */
final class GzipEnding {

	/** Contains the last member of a HotSpot dump, even of incompressible data. */
	private static final int TAIL = 1200 * 1024;

	/** The maximum size of a file of one member that is inflated completely. */
	private static final int SMALL = 4 * 1024 * 1024;

	/** Protects against decompression bombs, and tails full of apparent members. */
	private static final long MOST_WORK = 64L * 1024 * 1024;

	private static final int MOST_TRIES = 4096;

	private static final int BUFFER = 16 * 1024;

	/** The fixed part of a header is followed by a name or, here, a comment. */
	private static final int HEADER = 10;

	private static final int HAS_ONLY_A_COMMENT = 16;

	/** The start of the comment by which HotSpot marks the first member of its dumps. */
	private static final byte[] HOTSPOT = "HPROF BLOCKSIZE=".getBytes(StandardCharsets.US_ASCII);

	/** Where records are searched that a tool appended. */
	private static final int LAST = 64 * 1024;

	private static final DumpEnd NOT_CHECKED = DumpEnd.unchecked("one gzip member, end not checked");

	private GzipEnding() {
	}

	/**
	 * Whether a file that begins like this was compressed by a JVM, in members of 1 MiB
	 * of plain data each.
	 * @param front its first bytes
	 * @return {@code false} also if that cannot be determined
	 */
	static boolean isByHotspot(byte[] front) {
		return Gunzip.beginsAt(front, 0) && front[3] == HAS_ONLY_A_COMMENT && front.length >= HEADER + HOTSPOT.length
				&& Arrays.equals(front, HEADER, HEADER + HOTSPOT.length, HOTSPOT, 0, HOTSPOT.length);
	}

	/**
	 * Determines the end.
	 * @param ranges the compressed file
	 * @param front its first bytes
	 * @param walk processes the dump if all of it is inflated
	 * @return how the dump in it ends
	 * @throws IOException when a range cannot be read
	 */
	static DumpEnd of(Ranges ranges, byte[] front, RecordWalk walk) throws IOException {
		boolean hotspot = isByHotspot(front);
		if (!hotspot && ranges.size() <= SMALL) {
			return whole(ranges.read(0, SMALL), walk);
		}
		byte[] tail = (ranges.size() <= front.length) ? front : ranges.read(Math.max(0, ranges.size() - TAIL), TAIL);
		DumpEnd ending = tail(tail);
		return (hotspot || ending == DumpEnd.SEEN) ? ending : NOT_CHECKED;
	}

	/**
	 * Finds the last members from the end backwards. Compressed data may look like the
	 * start of a member, but only a real member ends where the file or the next member
	 * does.
	 */
	private static DumpEnd tail(byte[] tail) throws IOException {
		byte[] plain = new byte[0];
		int begin = tail.length;
		int tries = 0;
		long workLeft = MOST_WORK;
		for (int at = tail.length - Gunzip.SHORTEST; at >= 0; at--) {
			if (!Gunzip.beginsAt(tail, at)) {
				continue;
			}
			if (workLeft <= 0 || ++tries > MOST_TRIES) {
				return DumpEnd.unchecked("the end holds too much to be checked");
			}
			TailBuffer last = new TailBuffer(LAST);
			try (Gunzip member = Gunzip.of(tail, at, begin, workLeft)) {
				boolean whole = isWhole(member, last);
				workLeft -= member.work();
				if (!whole) {
					continue;
				}
			}
			begin = at;
			plain = concat(last.bytes(), plain);
			if (HprofFormat.isEnd(plain) || plain.length >= LAST) {
				break;
			}
		}
		if (HprofFormat.isEnd(plain) || HprofFormat.isEndWithMore(plain)) {
			return DumpEnd.SEEN;
		}
		return DumpEnd.cutOff((begin < tail.length) ? "it ends with a whole gzip member, but without an end record"
				: "it ends within a gzip member");
	}

	private static boolean isWhole(Gunzip member, TailBuffer last) throws IOException {
		byte[] buffer = new byte[BUFFER];
		try {
			for (int read = member.readMember(buffer, 0, buffer.length); read > 0;) {
				last.accept(buffer, read);
				read = member.readMember(buffer, 0, buffer.length);
			}
			return !member.hasMore();
		}
		catch (HeapReadAbortedException ex) {
			return false;
		}
	}

	private static byte[] concat(byte[] first, byte[] second) {
		byte[] both = new byte[first.length + second.length];
		System.arraycopy(first, 0, both, 0, first.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	private static DumpEnd whole(byte[] file, RecordWalk walk) throws IOException {
		TailBuffer last = new TailBuffer(HprofFormat.RECORD);
		byte[] buffer = new byte[BUFFER];
		try (Gunzip members = Gunzip.of(file, 0, file.length, MOST_WORK)) {
			for (int read = 0; read >= 0; read = members.read(buffer, 0, buffer.length)) {
				walk.accept(last.count(), buffer, read);
				last.accept(buffer, read);
			}
		}
		catch (HeapReadAbortedException ex) {
			return switch (ex.state()) {
				case OVER_BUDGET -> NOT_CHECKED;
				case TRUNCATED -> DumpEnd.cutOff(ex.reason());
				default -> DumpEnd.cutOff("its gzip data are damaged");
			};
		}
		return HprofFormat.isEnd(last.bytes()) ? DumpEnd.SEEN : walk.ending(last.count());
	}

}
