package dev.dumpkeeper.scenario;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Files that begin and end like heap dumps.
 */
final class HeapDumps {

	private HeapDumps() {
	}

	/** A dump with an end and no objects. */
	static byte[] complete(Instant diedAt) {
		// The header, an empty segment, and HEAP DUMP END.
		return ByteBuffer.allocate(31 + 9 + 9)
			.put("JAVA PROFILE 1.0.2\0".getBytes(StandardCharsets.US_ASCII))
			.putInt(8)
			.putLong(diedAt.toEpochMilli())
			.put((byte) 0x1C)
			.putLong(0)
			.put((byte) 0x2C)
			.putLong(0)
			.array();
	}

	/** The same, cut off before its end. */
	static byte[] truncated(Instant diedAt) {
		return Arrays.copyOf(complete(diedAt), 38);
	}

}
