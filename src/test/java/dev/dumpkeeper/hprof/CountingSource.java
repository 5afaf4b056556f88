package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file in memory that counts what is read of it, and can be unreadable in part.
 */
class CountingSource implements DumpSource {

	private final byte[] file;

	private final List<Integer> reads = new ArrayList<>();

	private long readableUpTo = Long.MAX_VALUE;

	private long failsFrom = Long.MAX_VALUE;

	CountingSource(byte[] file) {
		this.file = file;
	}

	/** Ranges end here, as through a gateway whose writer is not done uploading. */
	CountingSource readableUpTo(long offset) {
		this.readableUpTo = offset;
		return this;
	}

	CountingSource failsFrom(long offset) {
		this.failsFrom = offset;
		return this;
	}

	@Override
	public byte[] read(long offset, int length) throws IOException {
		if (length < 1 || offset < 0) {
			throw new AssertionError("a range of %d bytes at %d".formatted(length, offset));
		}
		this.reads.add(length);
		if (offset + length > this.failsFrom) {
			throw new IOException("connection reset");
		}
		long end = Math.min(Math.min(offset + length, this.file.length), this.readableUpTo);
		return (offset >= end) ? new byte[0] : Arrays.copyOfRange(this.file, (int) offset, (int) end);
	}

	/**
	 * The length of each read.
	 * @return in their order
	 */
	List<Integer> reads() {
		return this.reads;
	}

	long bytesRead() {
		return this.reads.stream().mapToLong(Integer::longValue).sum();
	}

	DumpFacts check() {
		return DumpCheck.check(this, this.file.length);
	}

}
