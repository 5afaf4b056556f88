package dev.dumpkeeper.hprof;

import java.io.IOException;

/**
 * Finds how a compressed dump ends. HotSpot compresses each MiB on its own, so the last
 * members, which fit into the file's tail, tell. Others, such as gzip(1) and jhsdb, make
 * one member of it all, which would have to be inflated from its start.
 */
final class GzipEnding {

	/** Holds the last member of a HotSpot dump, also of one that does not compress. */
	private static final int TAIL = 1200 * 1024;

	/** Up to this size a file of one member is inflated as a whole. */
	private static final int SMALL = 4 * 1024 * 1024;

	/** Against bombs, and tails full of what looks like a member. */
	private static final long MOST_WORK = 64L * 1024 * 1024;

	private static final int MOST_TRIES = 4096;

	/** What a tool appends is found in so many bytes. */
	private static final int LAST = 64 * 1024;

	private static final Ending NOT_CHECKED = Ending.unchecked("one gzip member, end not checked");

	private GzipEnding() {
	}

	/**
	 * Looks at the end.
	 * @param ranges the compressed file
	 * @param front its first bytes
	 * @param walk goes over the dump where all of it is inflated
	 * @return how the dump in it ends
	 * @throws IOException when a range cannot be read
	 */
	static Ending of(Ranges ranges, byte[] front, RecordWalk walk) throws IOException {
		boolean hotspot = GzipMember.isByHotspot(front);
		try (GzipMember member = new GzipMember(MOST_WORK)) {
			if (!hotspot && ranges.size() <= SMALL) {
				return whole(ranges.read(0, SMALL), member, walk);
			}
			byte[] tail = (ranges.size() <= front.length) ? front
					: ranges.read(Math.max(0, ranges.size() - TAIL), TAIL);
			Ending ending = tail(tail, member);
			return (hotspot || ending == Ending.SEEN) ? ending : NOT_CHECKED;
		}
	}

	/**
	 * Finds the last members from the end backwards. What looks like the begin of one may
	 * be compressed data, but only a real one ends where the file or the next one does.
	 */
	private static Ending tail(byte[] tail, GzipMember member) {
		byte[] plain = new byte[0];
		int begin = tail.length;
		int tries = 0;
		for (int at = tail.length - GzipMember.SHORTEST; at >= 0; at--) {
			if (!GzipMember.beginsAt(tail, at)) {
				continue;
			}
			if (member.isTired() || ++tries > MOST_TRIES) {
				return Ending.unchecked("the end holds too much to be checked");
			}
			LastBytes last = new LastBytes(LAST);
			if (member.inflate(tail, at, Long.MAX_VALUE, last) == GzipMember.Result.WHOLE && member.end() == begin) {
				begin = at;
				plain = concat(last.bytes(), plain);
				if (HprofFormat.isEnd(plain) || plain.length >= LAST) {
					break;
				}
			}
		}
		if (HprofFormat.isEnd(plain) || HprofFormat.isEndWithMore(plain)) {
			return Ending.SEEN;
		}
		return Ending.cutOff((begin < tail.length) ? "it ends with a whole gzip member, but without an end record"
				: "it ends within a gzip member");
	}

	private static byte[] concat(byte[] first, byte[] second) {
		byte[] both = new byte[first.length + second.length];
		System.arraycopy(first, 0, both, 0, first.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	private static Ending whole(byte[] file, GzipMember member, RecordWalk walk) {
		LastBytes last = new LastBytes(HprofFormat.RECORD);
		GzipMember.Sink both = (bytes, length) -> {
			walk.accept(last.count(), bytes, length);
			last.accept(bytes, length);
		};
		for (int at = 0; at < file.length; at = member.end()) {
			switch (member.inflate(file, at, Long.MAX_VALUE, both)) {
				case WHOLE -> {
				}
				case CUT_OFF -> {
					return Ending.cutOff("it ends within a gzip member");
				}
				case DAMAGED -> {
					return Ending.cutOff("its gzip data are damaged");
				}
				case TOO_MUCH -> {
					return NOT_CHECKED;
				}
			}
		}
		return HprofFormat.isEnd(last.bytes()) ? Ending.SEEN : walk.ending(last.count());
	}

}
