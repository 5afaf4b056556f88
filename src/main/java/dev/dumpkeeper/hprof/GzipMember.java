package dev.dumpkeeper.hprof;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates gzip members (RFC 1952), one after the other, within a bound on the work for
 * all of them. The JDK's GZIPInputStream does not tell where a member ends.
 */
final class GzipMember implements AutoCloseable {

	/** Length of the shortest member: header, an empty block, trailer. */
	static final int SHORTEST = 20;

	private static final int HEADER = 10;

	private static final int TRAILER = 8;

	private static final int HAS_CHECKSUM = 2;

	private static final int HAS_EXTRA = 4;

	private static final int HAS_NAME = 8;

	private static final int HAS_COMMENT = 16;

	private static final int RESERVED = 0xE0;

	/** Begins the comment by which HotSpot marks the first member of its dumps. */
	private static final byte[] HOTSPOT = "HPROF BLOCKSIZE=".getBytes(StandardCharsets.US_ASCII);

	private final Inflater inflater = new Inflater(true);

	private final CRC32 checksum = new CRC32();

	private final byte[] buffer;

	private long workLeft;

	private int end;

	/**
	 * Opens one.
	 * @param mostWork how many bytes may be taken and given, in all, before every member
	 * is {@link Result#TOO_MUCH}
	 */
	GzipMember(long mostWork) {
		this.workLeft = mostWork;
		this.buffer = new byte[(int) Math.min(mostWork, 16 * 1024)];
	}

	/**
	 * Whether a member can begin here.
	 * @param bytes some bytes
	 * @param at an offset in them
	 * @return whether the first bytes of a gzip header are there
	 */
	static boolean beginsAt(byte[] bytes, int at) {
		return at + 4 <= bytes.length && bytes[at] == 0x1F && bytes[at + 1] == (byte) 0x8B && bytes[at + 2] == 8
				&& (bytes[at + 3] & RESERVED) == 0;
	}

	/**
	 * Whether a file that begins like this was compressed by a JVM while it dumped, which
	 * makes members of 1 MiB of plain data.
	 * @param front its first bytes
	 * @return {@code false} also where that cannot be seen
	 */
	static boolean isByHotspot(byte[] front) {
		return beginsAt(front, 0) && front[3] == HAS_COMMENT && front.length >= HEADER + HOTSPOT.length
				&& Arrays.equals(front, HEADER, HEADER + HOTSPOT.length, HOTSPOT, 0, HOTSPOT.length);
	}

	/**
	 * Inflates the beginning of a compressed file.
	 * @param front its first bytes
	 * @param most how many plain bytes are wanted
	 * @return so many, or fewer where no more can be had
	 */
	static byte[] front(byte[] front, int most) {
		ByteArrayOutputStream plain = new ByteArrayOutputStream();
		try (GzipMember member = new GzipMember((long) front.length + most)) {
			int at = 0;
			while (plain.size() < most && beginsAt(front, at) && member.inflate(front, at, most - plain.size(),
					(bytes, length) -> plain.write(bytes, 0, length)) == Result.WHOLE) {
				at = member.end();
			}
		}
		return plain.toByteArray();
	}

	/**
	 * Inflates one member.
	 * @param bytes hold it
	 * @param at where it begins
	 * @param most how many plain bytes it may have
	 * @param plain gets the plain bytes, also those of a member that is not whole
	 * @return what it is
	 */
	Result inflate(byte[] bytes, int at, long most, Sink plain) {
		if (!beginsAt(bytes, at)) {
			return Result.DAMAGED;
		}
		int body = body(bytes, at);
		if (body >= bytes.length) {
			return Result.CUT_OFF;
		}
		this.inflater.reset();
		this.inflater.setInput(bytes, body, bytes.length - body);
		this.checksum.reset();
		try {
			Result result = inflate(Math.min(most, this.workLeft), plain);
			if (result != Result.WHOLE) {
				return result;
			}
		}
		catch (DataFormatException ex) {
			return Result.DAMAGED;
		}
		finally {
			this.workLeft -= this.inflater.getBytesRead() + this.inflater.getBytesWritten();
		}
		return checkTrailer(bytes, bytes.length - this.inflater.getRemaining());
	}

	private Result inflate(long most, Sink plain) throws DataFormatException {
		while (!this.inflater.finished()) {
			long room = most - this.inflater.getBytesWritten();
			if (room <= 0) {
				return Result.TOO_MUCH;
			}
			int count = this.inflater.inflate(this.buffer, 0, (int) Math.min(room, this.buffer.length));
			if (count == 0 && !this.inflater.finished()) {
				return this.inflater.needsInput() ? Result.CUT_OFF : Result.DAMAGED;
			}
			this.checksum.update(this.buffer, 0, count);
			plain.accept(this.buffer, count);
		}
		return Result.WHOLE;
	}

	private Result checkTrailer(byte[] bytes, int at) {
		if (at + TRAILER > bytes.length) {
			return Result.CUT_OFF;
		}
		ByteBuffer trailer = ByteBuffer.wrap(bytes, at, TRAILER).order(ByteOrder.LITTLE_ENDIAN);
		if (trailer.getInt() != (int) this.checksum.getValue()
				|| trailer.getInt() != (int) this.inflater.getBytesWritten()) {
			return Result.DAMAGED;
		}
		this.end = at + TRAILER;
		return Result.WHOLE;
	}

	/**
	 * Skips a header.
	 * @return where the compressed data begin; the number of bytes or more when the
	 * header does not end before
	 */
	private static int body(byte[] bytes, int at) {
		int flags = bytes[at + 3];
		int body = at + HEADER;
		if ((flags & HAS_EXTRA) != 0) {
			if (body + 2 > bytes.length) {
				return bytes.length;
			}
			body += 2 + Byte.toUnsignedInt(bytes[body]) + (Byte.toUnsignedInt(bytes[body + 1]) << 8);
		}
		if ((flags & HAS_NAME) != 0) {
			body = afterNul(bytes, body);
		}
		if ((flags & HAS_COMMENT) != 0) {
			body = afterNul(bytes, body);
		}
		return ((flags & HAS_CHECKSUM) != 0) ? body + 2 : body;
	}

	private static int afterNul(byte[] bytes, int from) {
		int at = from;
		while (at < bytes.length && bytes[at] != 0) {
			at++;
		}
		return at + 1;
	}

	/**
	 * The end of the member that was last found whole.
	 * @return the offset behind its trailer
	 */
	int end() {
		return this.end;
	}

	/**
	 * Whether the bound on the work is reached.
	 * @return {@code true} when nothing more will be inflated
	 */
	boolean isTired() {
		return this.workLeft <= 0;
	}

	@Override
	public void close() {
		this.inflater.end();
	}

	/** What an attempt found. */
	enum Result {

		/** A member with a trailer that fits. */
		WHOLE,

		/** The bytes end within it. */
		CUT_OFF,

		/** No member, or one with errors. */
		DAMAGED,

		/** It has more plain bytes than asked for, or the bound was reached. */
		TOO_MUCH

	}

	/** Takes plain bytes. */
	@FunctionalInterface
	interface Sink {

		/**
		 * Takes some.
		 * @param bytes holds them, only for now
		 * @param length how many, from the first on
		 */
		void accept(byte[] bytes, int length);

	}

}
