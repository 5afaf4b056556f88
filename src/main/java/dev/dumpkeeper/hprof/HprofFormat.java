package dev.dumpkeeper.hprof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The fixed parts of the HPROF format, after {@code heapDumper.cpp} of HotSpot: a header
 * of a version's name with a NUL, u4 size of identifiers and u8 milliseconds, then
 * records of u1 tag, u4 ticks, u4 length and the bytes. Numbers are big-endian.
 */
final class HprofFormat {

	static final int HEADER = 31;

	/** Length of a record without its bytes. */
	static final int RECORD = 9;

	/** A name, by its identifier. */
	static final int UTF8 = 0x01;

	/** A class, with its number and the identifier of its name. */
	static final int LOAD_CLASS = 0x02;

	static final int FRAME = 0x04;

	static final int TRACE = 0x05;

	/** A heap in one record. */
	static final int HEAP_DUMP = 0x0C;

	static final int HEAP_DUMP_SEGMENT = 0x1C;

	static final int HEAP_DUMP_END = 0x2C;

	/** The settings of the agent of JDK 6 to 8, which writes them first. */
	static final int CONTROL_SETTINGS = 0x0E;

	private static final int TIME = 23;

	private static final byte[][] MAGICS = { magic("1.0.2"), magic("1.0.1") };

	private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

	private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

	private static final byte[] END = { HEAP_DUMP_END, 0, 0, 0, 0, 0, 0, 0, 0 };

	private HprofFormat() {
	}

	private static byte[] magic(String version) {
		return ("JAVA PROFILE " + version + "\0").getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Whether a file that begins like this can be a dump.
	 * @param front its first bytes
	 * @return {@code true} also for no bytes and for an incomplete header
	 */
	static boolean beginsLikeADump(byte[] front) {
		for (byte[] magic : MAGICS) {
			int length = Math.min(front.length, magic.length);
			if (Arrays.equals(front, 0, length, magic, 0, length)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Reads the time in a header.
	 * @param front the first bytes of a dump
	 * @return the time, or empty when the header is incomplete or the time is implausible
	 */
	static Optional<Instant> startedAt(byte[] front) {
		if (front.length < HEADER) {
			return Optional.empty();
		}
		long millis = ByteBuffer.wrap(front).getLong(TIME);
		if (millis < EARLIEST.toEpochMilli() || millis >= LATEST.toEpochMilli()) {
			return Optional.empty();
		}
		return Optional.of(Instant.ofEpochMilli(millis));
	}

	/**
	 * Whether bytes end with the record that ends a dump in segments.
	 * @param bytes the last bytes of a file
	 * @return {@code false} also when they are too few
	 */
	static boolean isEnd(byte[] bytes) {
		return bytes.length >= END.length
				&& Arrays.equals(bytes, bytes.length - END.length, bytes.length, END, 0, END.length);
	}

	/**
	 * Whether bytes end with the record that ends segments and other records after it.
	 * @param bytes the last bytes of a file
	 * @return {@code true} when a chain of complete records leads from such a record to
	 * the last byte
	 */
	static boolean isEndWithMore(byte[] bytes) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		for (int at = bytes.length - 2 * RECORD; at >= 0; at--) {
			if (bytes[at] == HEAP_DUMP_END && buffer.getInt(at + 5) == 0 && leadsToTheEnd(buffer, at + RECORD)) {
				return true;
			}
		}
		return false;
	}

	private static boolean leadsToTheEnd(ByteBuffer bytes, int first) {
		long at = first;
		while (at + RECORD <= bytes.limit() && isTag(Byte.toUnsignedInt(bytes.get((int) at)))) {
			at += RECORD + Integer.toUnsignedLong(bytes.getInt((int) at + 5));
		}
		return at == bytes.limit();
	}

	/**
	 * Whether the agent of JDK 6 to 8 wrote a dump. It wrote one on request or at the end
	 * of the JVM, never because of an OutOfMemoryError, and appended other records.
	 * @param front the first bytes of a dump
	 * @return {@code false} for all other writers
	 */
	static boolean isByTheAgent(byte[] front) {
		return front.length > HEADER && front[HEADER] == CONTROL_SETTINGS;
	}

	/**
	 * Whether a heap record without bytes is really empty. A record during which a JVM
	 * was killed has no length either, and the heap's content follows.
	 * @param tag the tag that follows it
	 * @return {@code true} for a tag that does not start an element of the heap
	 */
	static boolean mayFollowAnEmptyHeap(int tag) {
		return tag == HEAP_DUMP || tag == HEAP_DUMP_SEGMENT || tag == HEAP_DUMP_END;
	}

	/**
	 * Whether a tag is known.
	 * @param tag a record's first byte
	 * @return {@code true} for every tag that an HPROF writer ever used
	 */
	static boolean isTag(int tag) {
		return switch (tag) {
			case 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x0A, 0x0B, HEAP_DUMP, 0x0D, CONTROL_SETTINGS,
					HEAP_DUMP_SEGMENT, HEAP_DUMP_END ->
				true;
			default -> false;
		};
	}

}
