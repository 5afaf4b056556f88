package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import dev.dumpkeeper.hprof.HeapContents.State;

/**
 * Inflates a file of gzip members (RFC 1952) as it comes. GZIPInputStream would do, but
 * takes the end of its input for granted where {@code available()} says 0, as it may on a
 * connection, and passes over bytes that are no member.
 */
final class Gunzip implements PlainBytes, AutoCloseable {

	private static final int HAS_CHECKSUM = 2;

	private static final int HAS_EXTRA = 4;

	private static final int HAS_NAME = 8;

	private static final int HAS_COMMENT = 16;

	private static final int RESERVED = 0xE0;

	private final FileBytes file;

	private final Inflater inflater = new Inflater(true);

	private final CRC32 checksum = new CRC32();

	private final byte[] packed = new byte[64 * 1024];

	private int at;

	private int limit;

	private boolean inMember;

	private boolean damaged;

	private long count;

	/**
	 * Begins.
	 * @param file the rest of the file
	 * @param front what was read of it already
	 * @param length how many bytes these are, at most 64 KiB
	 */
	Gunzip(FileBytes file, byte[] front, int length) {
		this.file = file;
		System.arraycopy(front, 0, this.packed, 0, length);
		this.limit = length;
	}

	/**
	 * Whether a member can begin so.
	 * @param front the first bytes of a file
	 * @param length how many
	 * @return whether it is a gzip file
	 */
	static boolean beginsHere(byte[] front, int length) {
		return length >= 2 && front[0] == 0x1F && front[1] == (byte) 0x8B;
	}

	@Override
	public int read(byte[] bytes, int at, int length) throws IOException, Stopped {
		this.file.checkDump(this.count);
		while (true) {
			if (!this.inMember) {
				if (!hasMore()) {
					return -1;
				}
				begin();
			}
			int count = inflate(bytes, at, length);
			if (count > 0) {
				this.checksum.update(bytes, at, count);
				this.count += count;
				return count;
			}
			if (this.inflater.finished()) {
				end();
			}
		}
	}

	@Override
	public long skip(long length) {
		return 0;
	}

	private int inflate(byte[] bytes, int at, int length) throws IOException, Stopped {
		if (this.damaged) {
			throw damage();
		}
		long before = this.inflater.getBytesWritten();
		try {
			int count = this.inflater.inflate(bytes, at, length);
			while (count == 0 && !this.inflater.finished()) {
				if (!this.inflater.needsInput()) {
					throw broken("a gzip member wants a dictionary");
				}
				if (!hasMore()) {
					throw new Stopped(State.CUT_OFF, "it ends within a gzip member");
				}
				this.inflater.setInput(this.packed, this.at, this.limit - this.at);
				this.at = this.limit;
				count = this.inflater.inflate(bytes, at, length);
			}
			return count;
		}
		catch (DataFormatException ex) {
			// What lies before the damage comes first, wherever this call began.
			this.damaged = true;
			int count = (int) (this.inflater.getBytesWritten() - before);
			if (count == 0) {
				throw damage();
			}
			return count;
		}
	}

	private void begin() throws IOException, Stopped {
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

	private void end() throws IOException, Stopped {
		this.at = this.limit - this.inflater.getRemaining();
		int checksum = little();
		int size = little();
		if (checksum != (int) this.checksum.getValue() || size != (int) this.inflater.getBytesWritten()) {
			throw broken("the checksum of a gzip member does not fit");
		}
		this.inMember = false;
	}

	private int little() throws IOException, Stopped {
		return next() | next() << 8 | next() << 16 | next() << 24;
	}

	private void pastNul() throws IOException, Stopped {
		while (next() != 0) {
			continue;
		}
	}

	private void skipped(int count) throws IOException, Stopped {
		for (int i = 0; i < count; i++) {
			next();
		}
	}

	private int next() throws IOException, Stopped {
		if (!hasMore()) {
			throw new Stopped(State.CUT_OFF, "it ends within a gzip member");
		}
		return Byte.toUnsignedInt(this.packed[this.at++]);
	}

	private boolean hasMore() throws IOException, Stopped {
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

	private Stopped damage() {
		return broken("a gzip member is damaged");
	}

	private Stopped broken(String what) {
		return new Stopped(State.BROKEN,
				String.format(Locale.ROOT, "%s, near byte %d of the file", what, this.file.count()));
	}

	@Override
	public void close() {
		this.inflater.end();
	}

}
