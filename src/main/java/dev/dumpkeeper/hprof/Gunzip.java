package dev.dumpkeeper.hprof;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import dev.dumpkeeper.hprof.HeapContents.State;
import dev.dumpkeeper.hprof.HeapReading.Budget;

/**
 * Inflates consecutive gzip members (RFC 1952) as a stream. GZIPInputStream takes the end
 * of its input for granted when {@code available()} returns 0, as it may on a connection,
 * and ignores trailing bytes that are not a member.
 */
final class Gunzip implements InflatedInput, AutoCloseable {

	/** Length of the shortest member: header, an empty block, trailer. */
	static final int SHORTEST = 20;

	private static final int HAS_CHECKSUM = 2;

	private static final int HAS_EXTRA = 4;

	private static final int HAS_NAME = 8;

	private static final int HAS_COMMENT = 16;

	private static final int RESERVED = 0xE0;

	private static final int STREAM_BUFFER = 64 * 1024;

	private static final int MEMORY_BUFFER = 4 * 1024;

	private final FileBytes file;

	private final Inflater inflater = new Inflater(true);

	private final CRC32 checksum = new CRC32();

	private final byte[] packed;

	private int at;

	private int limit;

	private boolean inMember;

	private boolean damaged;

	private long count;

	/**
	 * Creates the stream.
	 * @param file the rest of the file
	 * @param front the bytes that were already read
	 * @param length how many these are, at most 64 KiB
	 */
	Gunzip(FileBytes file, byte[] front, int length) {
		this(file, STREAM_BUFFER);
		System.arraycopy(front, 0, this.packed, 0, length);
		this.limit = length;
	}

	private Gunzip(FileBytes file, int buffer) {
		this.file = file;
		this.packed = new byte[buffer];
	}

	/**
	 * Creates a stream over bytes in memory.
	 * @param bytes contain the members
	 * @param from where the first one begins
	 * @param to where the bytes end
	 * @param most how many inflated bytes are needed; much more than that is
	 * {@link State#OVER_BUDGET}
	 */
	static Gunzip of(byte[] bytes, int from, int to, long most) {
		return new Gunzip(new FileBytes(new ByteArrayInputStream(bytes, from, to - from), to - from,
				new Budget(Long.MAX_VALUE, most, Duration.ofDays(1), () -> 0)), MEMORY_BUFFER);
	}

	/**
	 * Whether a file is compressed.
	 * @param bytes contain its first two bytes
	 * @param at where these are
	 */
	static boolean isMagic(byte[] bytes, int at) {
		return bytes[at] == 0x1F && bytes[at + 1] == (byte) 0x8B;
	}

	/**
	 * Whether a member can begin here.
	 * @param bytes some bytes
	 * @param at an offset in them
	 * @return whether the first bytes of a gzip header are there
	 */
	static boolean beginsAt(byte[] bytes, int at) {
		return at + 4 <= bytes.length && isMagic(bytes, at) && bytes[at + 2] == 8 && (bytes[at + 3] & RESERVED) == 0;
	}

	/**
	 * Inflates the start of a compressed file.
	 * @param front its first bytes
	 * @param most how many inflated bytes are needed
	 * @return that many, or fewer if no more can be inflated
	 */
	static byte[] front(byte[] front, int most) {
		byte[] plain = new byte[most];
		int length = 0;
		try (Gunzip members = of(front, 0, front.length, most)) {
			for (int read = 0; read >= 0 && length < most; length += Math.max(0, read)) {
				read = members.read(plain, length, most - length);
			}
		}
		catch (IOException | HeapReadAbortedException ex) {
			// The bytes inflated until then are valid.
		}
		return (length < most) ? Arrays.copyOf(plain, length) : plain;
	}

	/**
	 * Returns how many bytes were consumed and produced.
	 * @return bytes
	 */
	long work() {
		return this.file.count() + this.count;
	}

	@Override
	public int read(byte[] bytes, int at, int length) throws IOException, HeapReadAbortedException {
		while (this.inMember || hasMore()) {
			int count = readMember(bytes, at, length);
			if (count > 0) {
				return count;
			}
		}
		return -1;
	}

	/**
	 * Reads bytes of one member; the next one begins after the end of the last.
	 * @param bytes receive the result
	 * @param at from this offset on
	 * @param length the maximum number of bytes, at least 1
	 * @return how many, or 0 at its end
	 * @throws IOException when the file cannot be read now
	 * @throws HeapReadAbortedException when it is invalid or the budget is used up
	 */
	int readMember(byte[] bytes, int at, int length) throws IOException, HeapReadAbortedException {
		this.file.checkDump(this.count);
		if (!this.inMember) {
			begin();
		}
		int count = inflate(bytes, at, length);
		if (count > 0) {
			this.checksum.update(bytes, at, count);
			this.count += count;
		}
		else {
			end();
		}
		return count;
	}

	@Override
	public long skip(long length) {
		return 0;
	}

	private int inflate(byte[] bytes, int at, int length) throws IOException, HeapReadAbortedException {
		if (this.damaged) {
			throw damage();
		}
		long before = this.inflater.getBytesWritten();
		try {
			int count = this.inflater.inflate(bytes, at, length);
			while (count == 0 && !this.inflater.finished()) {
				if (!this.inflater.needsInput()) {
					throw broken("a gzip member needs a dictionary");
				}
				if (!hasMore()) {
					throw new HeapReadAbortedException(State.TRUNCATED, "it ends within a gzip member");
				}
				this.inflater.setInput(this.packed, this.at, this.limit - this.at);
				this.at = this.limit;
				count = this.inflater.inflate(bytes, at, length);
			}
			return count;
		}
		catch (DataFormatException ex) {
			// The bytes before the damage are returned first.
			this.damaged = true;
			int count = (int) (this.inflater.getBytesWritten() - before);
			if (count == 0) {
				throw damage();
			}
			return count;
		}
	}

	private void begin() throws IOException, HeapReadAbortedException {
		if (next() != 0x1F || next() != 0x8B || next() != 8) {
			throw broken("what follows a gzip member is none");
		}
		int flags = next();
		if ((flags & RESERVED) != 0) {
			throw broken("what follows a gzip member is none");
		}
		skipped(6);
		if ((flags & HAS_EXTRA) != 0) {
			skipped(next() + (next() << 8));
		}
		if ((flags & HAS_NAME) != 0) {
			pastNul();
		}
		if ((flags & HAS_COMMENT) != 0) {
			pastNul();
		}
		if ((flags & HAS_CHECKSUM) != 0) {
			skipped(2);
		}
		this.inflater.reset();
		this.checksum.reset();
		this.inMember = true;
	}

	private void end() throws IOException, HeapReadAbortedException {
		this.at = this.limit - this.inflater.getRemaining();
		int checksum = little();
		int size = little();
		if (checksum != (int) this.checksum.getValue() || size != (int) this.inflater.getBytesWritten()) {
			throw broken("the checksum of a gzip member does not fit");
		}
		this.inMember = false;
	}

	private int little() throws IOException, HeapReadAbortedException {
		return next() | next() << 8 | next() << 16 | next() << 24;
	}

	private void pastNul() throws IOException, HeapReadAbortedException {
		while (next() != 0) {
			continue;
		}
	}

	private void skipped(int count) throws IOException, HeapReadAbortedException {
		for (int i = 0; i < count; i++) {
			next();
		}
	}

	private int next() throws IOException, HeapReadAbortedException {
		if (!hasMore()) {
			throw new HeapReadAbortedException(State.TRUNCATED, "it ends within a gzip member");
		}
		return Byte.toUnsignedInt(this.packed[this.at++]);
	}

	boolean hasMore() throws IOException, HeapReadAbortedException {
		while (this.at == this.limit) {
			int count = this.file.read(this.packed, 0, this.packed.length);
			if (count < 0) {
				return false;
			}
			this.at = 0;
			this.limit = count;
		}
		return true;
	}

	private HeapReadAbortedException damage() {
		return broken("a gzip member is damaged");
	}

	private HeapReadAbortedException broken(String what) {
		return new HeapReadAbortedException(State.BROKEN,
				String.format(Locale.ROOT, "%s, near byte %d of the file", what, this.file.count()));
	}

	@Override
	public void close() {
		this.inflater.end();
	}

}
