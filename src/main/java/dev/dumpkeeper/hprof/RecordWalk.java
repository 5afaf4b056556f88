package dev.dumpkeeper.hprof;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Visits record after record, skipping heaps, and determines how the dump ends. The first
 * heap record determines the expected end, whatever the dump's version: a heap in one
 * record is complete with that record, segments with a record that ends them. Other
 * records and further heaps may follow.
 */
final class RecordWalk {

	private static final String AMONG_SEGMENTS = "it ends among the segments of the heap, without an end record";

	private static final String NEVER_FILLED_IN = "the length of its heap was never filled in";

	private final ByteBuffer record = ByteBuffer.allocate(HprofFormat.RECORD);

	/** Where the current or next record begins. */
	private long offset = HprofFormat.HEADER;

	/** The tag of the previous record, which may extend past the end of the file. */
	private int last;

	private int heaps;

	/** Whether there are segments that no record has ended yet. */
	private boolean amongSegments;

	/** Whether the previous record is a heap whose length may be missing. */
	private boolean maybeUnfilled;

	private boolean stacksBehind;

	private State state = State.WALKING;

	/**
	 * Returns whether the walk continues.
	 * @return {@code false} once invalid data was found
	 */
	boolean isOpen() {
		return this.state == State.WALKING;
	}

	/**
	 * Returns how many heap records were found.
	 * @return segments count individually
	 */
	int heaps() {
		return this.heaps;
	}

	/** Whether segments of a heap have begun and not ended yet. */
	boolean isAmongSegments() {
		return this.amongSegments;
	}

	/** Whether frames or traces follow a heap, which {@link DumpFront} does not read. */
	boolean hasStacksBehind() {
		return this.stacksBehind;
	}

	/**
	 * Returns the byte that is needed next.
	 * @return its offset in the dump; it grows with each call of {@link #accept} and may
	 * be past the end
	 */
	long wanted() {
		return this.offset + this.record.position();
	}

	/**
	 * Processes a range of the dump.
	 * @param from where it begins, at {@link #wanted()} or before
	 * @param bytes contain the range, from the first byte on
	 * @param length of the range
	 */
	void accept(long from, byte[] bytes, int length) {
		while (isOpen() && wanted() < from + length) {
			this.record.put(bytes[(int) (wanted() - from)]);
			if (!this.record.hasRemaining()) {
				acceptRecord();
			}
		}
	}

	private void acceptRecord() {
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
	 * Determines how the dump ends.
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

	/** The read limit was reached. */
	private DumpEnd tired() {
		if (this.heaps == 0) {
			return DumpEnd.unknown("no heap was found in its front");
		}
		return this.amongSegments ? DumpEnd.cutOff(AMONG_SEGMENTS)
				: DumpEnd.unchecked("its heap is whole, what follows was not read to its end");
	}

	private enum State {

		WALKING, UNFILLED, LOST

	}

}
