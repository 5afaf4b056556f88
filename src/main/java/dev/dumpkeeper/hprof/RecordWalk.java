package dev.dumpkeeper.hprof;

import java.nio.ByteBuffer;

/**
 * Walks from record to record up to the first that holds a part of the heap. That one
 * tells how the dump has to end, whatever its version says.
 */
final class RecordWalk {

	private final ByteBuffer record = ByteBuffer.allocate(HprofFormat.RECORD);

	/** Where the record begins that is looked at or comes next. */
	private long offset = HprofFormat.HEADER;

	private State state = State.WALKING;

	/**
	 * Whether the walk goes on.
	 * @return {@code false} once the first heap record, or no record, was found
	 */
	boolean isOpen() {
		return this.state == State.WALKING;
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
		if (tag == HprofFormat.HEAP_DUMP) {
			this.state = State.HEAP;
		}
		else if (tag == HprofFormat.HEAP_DUMP_SEGMENT) {
			this.state = State.SEGMENT;
		}
		else if (!HprofFormat.isTag(tag)) {
			this.state = State.LOST;
		}
		else {
			this.offset = next();
			this.record.clear();
		}
	}

	private long next() {
		return this.offset + HprofFormat.RECORD + Integer.toUnsignedLong(this.record.getInt(5));
	}

	/**
	 * Judges a dump that does not end with the record that ends segments.
	 * @param size the dump's size
	 * @return how it ends
	 */
	Ending ending(long size) {
		return switch (this.state) {
			case HEAP -> endingOfHeap(size);
			case SEGMENT -> Ending.cutOff("it ends among the segments of the heap, without an end record");
			case LOST -> Ending.cutOff("there is no record at byte " + this.offset);
			case WALKING -> Ending.cutOff((this.offset > size) ? "it ends within a record before the heap"
					: (wanted() >= size) ? "it ends before the heap" : "no heap was found in its front");
		};
	}

	private Ending endingOfHeap(long size) {
		long end = next();
		if (end == size) {
			return Ending.SEEN;
		}
		return Ending.cutOff((end > size) ? "the heap lacks its last %d bytes".formatted(end - size)
				: "%d bytes follow the heap".formatted(size - end));
	}

	/** What was found. */
	private enum State {

		WALKING, HEAP, SEGMENT, LOST

	}

}
