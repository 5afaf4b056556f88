package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Up to 2^32 numbers in a scratch file, initially 0.
 */
final class IntStore {

	private static final long MOST = 0xFFFF_FFFFL;

	private final Scratch scratch;

	private final int shift;

	private final int mask;

	private IntBuffer[] chunks = new IntBuffer[0];

	private long size;

	IntStore(Scratch scratch) {
		this.scratch = scratch;
		this.shift = Integer.numberOfTrailingZeros(scratch.chunk());
		this.mask = scratch.chunk() - 1;
	}

	static IntStore of(Scratch scratch, long size) throws IOException, HoldersUnknownException {
		IntStore store = new IntStore(scratch);
		store.reach(size);
		return store;
	}

	void reach(long size) throws IOException, HoldersUnknownException {
		if (size > MOST) {
			throw new HoldersUnknownException("it has more references than can be counted");
		}
		while (((long) this.chunks.length << this.shift) < size) {
			IntBuffer more = this.scratch.more();
			this.chunks = Arrays.copyOf(this.chunks, this.chunks.length + 1);
			this.chunks[this.chunks.length - 1] = more;
		}
		this.size = Math.max(this.size, size);
	}

	long size() {
		return this.size;
	}

	int get(long at) {
		return this.chunks[(int) (at >>> this.shift)].get((int) at & this.mask);
	}

	void set(long at, int value) {
		this.chunks[(int) (at >>> this.shift)].put((int) at & this.mask, value);
	}

	void add(int value) throws IOException, HoldersUnknownException {
		long at = this.size;
		reach(at + 1);
		set(at, value);
	}

	void clear() {
		for (long at = 0; at < this.size; at++) {
			set(at, 0);
		}
	}

}
