package dev.dumpkeeper.hprof;

import java.io.IOException;

/**
 * An uncompressed dump from start to end.
 */
interface InflatedInput {

	/** The maximum number of bytes to skip at once, so that budgets are checked. */
	int STEP = 64 * 1024 * 1024;

	/**
	 * Reads bytes.
	 * @param bytes receive the result
	 * @param at from this offset on
	 * @param length the maximum number of bytes, at least 1
	 * @return how many, or -1 at the end
	 * @throws IOException when the file cannot be read now
	 * @throws HeapReadAbortedException when it is invalid or the budget is used up
	 */
	int read(byte[] bytes, int at, int length) throws IOException, HeapReadAbortedException;

	/**
	 * Skips bytes. May silently skip past the end.
	 * @param length the maximum number of bytes
	 * @return how many; 0 when they have to be read
	 * @throws IOException when the file cannot be read now
	 * @throws HeapReadAbortedException when the budget is used up
	 */
	long skip(long length) throws IOException, HeapReadAbortedException;

}
