package dev.dumpkeeper.ledger;

import java.io.IOException;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.hprof.DumpSource;

/**
 * Adapts an object to {@link DumpSource}.
 *
 * @param bucket the volume
 * @param key the object's key
 */
record ObjectBytes(DumpBucket bucket, ObjectKey key) implements DumpSource {

	/**
	 * Reads a range.
	 * @throws IOException when the object is gone, or caused by a
	 * {@link GatewayException}
	 */
	@Override
	public byte[] read(long offset, int length) throws IOException {
		try {
			return this.bucket.read(this.key, offset, length).orElseThrow(() -> new IOException("it is gone"));
		}
		catch (GatewayException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

}
