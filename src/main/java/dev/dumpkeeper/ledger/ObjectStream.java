package dev.dumpkeeper.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectKey;

/**
 * An object from its first byte to its last, in ranges: each is tried again by itself
 * where the gateway fails for a moment, and nothing stays open between them.
 */
final class ObjectStream extends InputStream {

	private static final int RANGE = 8 * 1024 * 1024;

	private final DumpBucket bucket;

	private final ObjectKey key;

	private final long size;

	private final LongConsumer more;

	private byte[] range = new byte[0];

	private int next;

	private long offset;

	/**
	 * Begins.
	 * @param more is told of each range, by its length, before it is used; what it throws
	 * ends the reading
	 */
	ObjectStream(DumpBucket bucket, ObjectKey key, long size, LongConsumer more) {
		this.bucket = bucket;
		this.key = key;
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
		try {
			this.range = this.bucket.read(this.key, this.offset, (int) Math.min(RANGE, this.size - this.offset))
				.orElseThrow(() -> new IOException("it is gone"));
		}
		catch (GatewayException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
		this.next = 0;
		this.offset += this.range.length;
		this.more.accept(this.range.length);
		return this.range.length > 0;
	}

}
