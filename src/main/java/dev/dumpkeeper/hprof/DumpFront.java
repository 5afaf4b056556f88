package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The records before the heap: names, classes and stacks. Record layouts after
 * {@code heapDumper.cpp} of HotSpot.
 */
final class DumpFront {

	private static final int FIRST_STEP = 1024 * 1024;

	/** Most stacks end earlier; inflating more is wasted. */
	private static final int FIRST_PLAIN = 4 * 1024 * 1024;

	/** The maximum number of inflated bytes. */
	private static final int MOST_PLAIN = 16 * 1024 * 1024;

	private static final int IDENTIFIER_SIZE = 19;

	private final byte[] plain;

	private final int identifierSize;

	private final boolean whole;

	private DumpFront(byte[] plain) {
		this.plain = plain;
		this.identifierSize = (plain.length < HprofFormat.HEADER) ? 0 : ByteBuffer.wrap(plain).getInt(IDENTIFIER_SIZE);
		this.whole = isUsable() && each(-1, (body) -> {
		});
	}

	/**
	 * Reads as much as is needed and allowed.
	 * @param ranges the file
	 * @param gzip whether it is compressed
	 * @return the front, complete or not
	 * @throws IOException when a range cannot be read
	 */
	static DumpFront read(Ranges ranges, boolean gzip) throws IOException {
		int want = FIRST_STEP;
		int most = FIRST_PLAIN;
		while (true) {
			byte[] raw = ranges.read(0, want);
			DumpFront front = new DumpFront(gzip ? Gunzip.front(raw, most) : raw);
			if (front.whole || !front.isUsable()) {
				return front;
			}
			if (gzip && front.plain.length == most && most < MOST_PLAIN) {
				most = MOST_PLAIN;
			}
			else if (raw.length == want && ranges.left() > 0 && front.plain.length < MOST_PLAIN) {
				want *= 2;
			}
			else {
				return front;
			}
		}
	}

	/** Whether the size of identifiers is valid. */
	boolean isUsable() {
		return this.identifierSize == 4 || this.identifierSize == 8;
	}

	boolean isWhole() {
		return this.whole;
	}

	/** Whether the agent of JDK 6 to 8 wrote it. */
	boolean isByTheAgent() {
		return HprofFormat.isByTheAgent(this.plain);
	}

	int identifierSize() {
		return this.identifierSize;
	}

	/**
	 * Visits the records of one kind, except truncated ones.
	 * @param tag the kind
	 * @param visitor receives the body of each
	 * @return whether the heap was reached
	 */
	boolean each(int tag, Visitor visitor) {
		ByteBuffer buffer = ByteBuffer.wrap(this.plain);
		long at = HprofFormat.HEADER;
		while (at + HprofFormat.RECORD <= this.plain.length) {
			int found = Byte.toUnsignedInt(this.plain[(int) at]);
			if (found == HprofFormat.HEAP_DUMP || found == HprofFormat.HEAP_DUMP_SEGMENT
					|| found == HprofFormat.HEAP_DUMP_END) {
				return true;
			}
			long length = Integer.toUnsignedLong(buffer.getInt((int) at + 5));
			long body = at + HprofFormat.RECORD;
			if (!HprofFormat.isTag(found) || body + length > this.plain.length) {
				return false;
			}
			if (found == tag) {
				visitor.visit(buffer.slice((int) body, (int) length));
			}
			at = body + length;
		}
		return false;
	}

	/**
	 * Reads the next identifier.
	 * @param body of a record
	 * @return the identifier, or empty when the body is too short
	 */
	Optional<Long> identifier(ByteBuffer body) {
		if (body.remaining() < this.identifierSize) {
			return Optional.empty();
		}
		return Optional.of((this.identifierSize == 4) ? Integer.toUnsignedLong(body.getInt()) : body.getLong());
	}

	/** Visits the body of a record. */
	@FunctionalInterface
	interface Visitor {

		void visit(ByteBuffer body);

	}

}
