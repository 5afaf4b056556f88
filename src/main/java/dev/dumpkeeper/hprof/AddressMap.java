package dev.dumpkeeper.hprof;

import java.io.IOException;

/**
 * Numbers the objects of a heap in the order of their addresses: one bit for each
 * possible start of an object, in pages of 512 KiB that are numbered in order of first
 * use.
 */
final class AddressMap {

	/** Returned for an address without an object. */
	static final int NONE = -1;

	/** The maximum number of pages of 512 KiB, for a heap of 32 GiB. */
	private static final int MOST_PAGES = 1 << 16;

	private static final int PAGE_SHIFT = 19;

	private static final int WORDS = 1 << 11;

	private static final int GROUP = 16;

	private final LongIndex pages = new LongIndex(256, MOST_PAGES);

	private final IntStore bits;

	private final Scratch scratch;

	private IntStore before;

	private long lastPage = -1;

	private int lastNumber;

	AddressMap(Scratch scratch) {
		this.scratch = scratch;
		this.bits = new IntStore(scratch);
		this.before = new IntStore(scratch);
	}

	/**
	 * Returns the slot of an address, which fits in an int.
	 * @param address of an object, including one that was not read yet
	 */
	int slot(long address) throws IOException, HoldersUnknownException {
		if ((address & 7) != 0) {
			throw new HoldersUnknownException("its identifiers are no addresses");
		}
		long page = address >>> PAGE_SHIFT;
		if (page != this.lastPage) {
			this.lastNumber = this.pages.add(page);
			if (this.lastNumber == LongIndex.NONE) {
				throw new HoldersUnknownException("it has more than 32 GiB of heap");
			}
			this.bits.reach((long) this.pages.size() * WORDS);
			this.lastPage = page;
		}
		return this.lastNumber << 16 | (int) (address >>> 3) & 0xFFFF;
	}

	void mark(int slot) {
		long word = Integer.toUnsignedLong(slot) >>> 5;
		this.bits.set(word, this.bits.get(word) | 1 << slot);
	}

	/**
	 * Counts the objects; no address may be added afterwards.
	 * @return how many there are
	 */
	int count() throws IOException, HoldersUnknownException {
		long words = this.bits.size();
		this.before = IntStore.of(this.scratch, words / GROUP);
		long count = 0;
		for (long word = 0; word < words; word++) {
			if (word % GROUP == 0) {
				this.before.set(word / GROUP, (int) count);
			}
			count += Integer.bitCount(this.bits.get(word));
		}
		if (count >= Integer.MAX_VALUE) {
			throw new HoldersUnknownException("it has more objects than can be counted");
		}
		return (int) count;
	}

	/**
	 * Returns the number of an object.
	 * @param slot the slot of its address
	 * @return from 0, or {@link #NONE}
	 */
	int number(int slot) {
		long word = Integer.toUnsignedLong(slot) >>> 5;
		int bit = 1 << slot;
		int here = this.bits.get(word);
		if ((here & bit) == 0) {
			return NONE;
		}
		int number = this.before.get(word / GROUP) + Integer.bitCount(here & (bit - 1));
		for (long other = word & -GROUP; other < word; other++) {
			number += Integer.bitCount(this.bits.get(other));
		}
		return number;
	}

}
