package dev.dumpkeeper.hprof;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Walks from record to record, over the heaps too, and tells how the dump ends. The first
 * heap record tells how that has to be, whatever the dump's version says: a heap in one
 * record is whole once the record is, segments once a record ends them. Other records and
 * more heaps may follow.
 */
final class RecordWalk {

	private static final String AMONG_SEGMENTS = "it ends among the segments of the heap, without an end record";

	private static final String NEVER_FILLED_IN = "the length of its heap was never filled in";

	private final ByteBuffer record = ByteBuffer.allocate(HprofFormat.RECORD);

	/** Where the record begins that is looked at or comes next. */
	private long offset = HprofFormat.HEADER;

	/** The tag of the record before that, which may reach past the end of the file. */
	private int last;

	private int heaps;

	/** Whether segments came that no record has ended yet. */
	private boolean amongSegments;

	/** Whether the record before is a heap whose length may be missing. */
	private boolean maybeUnfilled;

	private boolean stacksBehind;

	private State state = State.WALKING;

	/**
	 * Whether the walk goes on.
	 * @return {@code false} once something was found that is no record
	 */
	boolean isOpen() {
		return this.state == State.WALKING;
	}

	/**
	 * How many heap records were found.
	 * @return segments count each
	 */
	int heaps() {
		return this.heaps;
	}

	/** Whether segments of a heap came and not yet the record that ends them. */
	boolean isAmongSegments() {
		return this.amongSegments;
	}

	/**
	 * Whether frames or traces came after a heap: {@link DumpFront} does not read those.
	 */
	boolean hasStacksBehind() {
		return this.stacksBehind;
	}

	/**
	 * The byte that is needed next.
	 * @return its offset in the dump; it grows with each call of {@link #accept} and may
	 * lie behind the end
	 */
	long wanted() {
		return this.offset + this.record.position();
	}

	/**
	 * Takes a range of the dump.
	 * @param from where it begins, at {@link #wanted()} or before
	 * @param bytes holds the range, from its first byte on
	 * @param length of the range
	 */
	void accept(long from, byte[] bytes, int length) {
		while (isOpen() && wanted() < from + length) {
			this.record.put(bytes[(int) (wanted() - from)]);
			if (!this.record.hasRemaining()) {
				look();
			}
		}
	}

	private void look() {
		int tag = Byte.toUnsignedInt(this.record.get(0));
		long length = Integer.toUnsignedLong(this.record.getInt(5));
		if (this.maybeUnfilled && !HprofFormat.mayFollowAnEmptyHeap(tag)) {
			this.state = State.UNFILLED;
			return;
		}
		if (!HprofFormat.isTag(tag)) {
			this.state = State.LOST;
			return;
		}
		this.maybeUnfilled = tag == HprofFormat.HEAP_DUMP && length == 0;
		switch (tag) {
			case HprofFormat.HEAP_DUMP -> {
				this.heaps++;
				this.amongSegments = false;
			}
			case HprofFormat.HEAP_DUMP_SEGMENT -> {
				this.heaps++;
				this.amongSegments = true;
			}
			case HprofFormat.HEAP_DUMP_END -> this.amongSegments = false;
			case HprofFormat.FRAME, HprofFormat.TRACE -> this.stacksBehind |= this.heaps > 0;
			default -> {
			}
		}
		this.last = tag;
		this.offset += HprofFormat.RECORD + length;
		this.record.clear();
	}

	/**
	 * Judges what was walked over.
	 * @param size the dump's size
	 * @return how it ends
	 */
	DumpEnd ending(long size) {
		return switch (this.state) {
			case UNFILLED -> DumpEnd.cutOff(NEVER_FILLED_IN);
			case LOST -> lost();
			case WALKING -> (this.offset > size) ? endingWithin(size) : (wanted() >= size) ? endingAt(size) : tired();
		};
	}

	private DumpEnd lost() {
		if (this.amongSegments) {
			return DumpEnd.cutOff(AMONG_SEGMENTS);
		}
		return (this.heaps > 0)
				? DumpEnd
					.unknown(String.format(Locale.ROOT, "what follows its heap at byte %d is no record", this.offset))
				: DumpEnd.cutOff("there is no record at byte " + this.offset);
	}

	private DumpEnd endingWithin(long size) {
		return DumpEnd.cutOff(switch (this.last) {
			case HprofFormat.HEAP_DUMP ->
				String.format(Locale.ROOT, "the heap lacks its last %d bytes", this.offset - size);
			case HprofFormat.HEAP_DUMP_SEGMENT -> AMONG_SEGMENTS;
			default -> (this.heaps > 0) ? "it ends within a record behind the heap"
					: "it ends within a record before the heap";
		});
	}

	private DumpEnd endingAt(long size) {
		if (this.heaps == 0) {
			return DumpEnd.cutOff("it ends before the heap");
		}
		if (this.amongSegments) {
			return DumpEnd.cutOff(AMONG_SEGMENTS);
		}
		if (this.maybeUnfilled) {
			return DumpEnd.cutOff(NEVER_FILLED_IN);
		}
		return (this.offset == size) ? DumpEnd.SEEN : DumpEnd.cutOff("it ends within a record behind the heap");
	}

	/** No more may be read. */
	private DumpEnd tired() {
		if (this.heaps == 0) {
			return DumpEnd.unknown("no heap was found in its front");
		}
		return this.amongSegments ? DumpEnd.cutOff(AMONG_SEGMENTS)
				: DumpEnd.unchecked("its heap is whole, what follows was not read to its end");
	}

	/** What was found. */
	private enum State {

		WALKING, UNFILLED, LOST

	}

}
