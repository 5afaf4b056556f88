package dev.dumpkeeper.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * Reads an object from start to end in ranges. Each range is retried separately when the
 * gateway fails briefly, and no connection stays open between them.
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
	 * Creates a stream at the start of an object.
	 * @param object the object
	 * @param size of the object
	 * @param more receives the length of each range before it is read; an exception ends
	 * the reading
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
