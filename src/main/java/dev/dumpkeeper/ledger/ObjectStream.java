package dev.dumpkeeper.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * An object from its first byte to its last, in ranges: each is tried again by itself
 * where the gateway fails for a moment, and nothing stays open between them.
 */
final class ObjectStream extends InputStream {

	private static final int RANGE = 8 * 1024 * 1024;

	private final ObjectBytes object;

	private final long size;

	private final LongConsumer more;

	private byte[] range = new byte[0];

	private int next;

	private long offset;

	/**
	 * Begins.
	 * @param object the object
	 * @param size of the object
	 * @param more is told of each range, by its length, before it is read; what it throws
	 * ends the reading
	 */
	ObjectStream(ObjectBytes object, long size, LongConsumer more) {
		this.object = object;
		this.size = size;
		this.more = more;
	}

	@Override
	public int read() throws IOException {
		return fill() ? Byte.toUnsignedInt(this.range[this.next++]) : -1;
	}

	@Override
	public int read(byte[] bytes, int from, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (!fill()) {
			return -1;
		}
		int count = Math.min(length, this.range.length - this.next);
		System.arraycopy(this.range, this.next, bytes, from, count);
		this.next += count;
		return count;
	}

	private boolean fill() throws IOException {
		if (this.next < this.range.length) {
			return true;
		}
		if (this.offset >= this.size) {
			return false;
		}
		int length = (int) Math.min(RANGE, this.size - this.offset);
		this.more.accept(length);
		this.range = this.object.read(this.offset, length);
		this.next = 0;
		this.offset += this.range.length;
		return this.range.length > 0;
	}

}
