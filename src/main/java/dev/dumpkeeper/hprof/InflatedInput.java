package dev.dumpkeeper.hprof;

import java.io.IOException;

/**
 * A dump as it was before it was compressed, from its first byte to its last.
 */
interface InflatedInput {

	/** So many bytes are gone over at once at most, so that budgets are looked at. */
	int STEP = 64 * 1024 * 1024;

	/**
	 * Reads some bytes.
	 * @param bytes get them
	 * @param at from this offset on
	 * @param length how many at most, at least 1
	 * @return how many, or -1 at the end
	 * @throws IOException when the file cannot be read now
	 * @throws HeapReadAbortedException when it makes no sense or the budget is used up
	 */
	int read(byte[] bytes, int at, int length) throws IOException, HeapReadAbortedException;

	/**
	 * Goes over some bytes. May go over the end without a word.
	 * @param length how many at most
	 * @return how many; 0 when they have to be read
	 * @throws IOException when the file cannot be read now
	 * @throws HeapReadAbortedException when the budget is used up
	 */
	long skip(long length) throws IOException, HeapReadAbortedException;

}
