package dev.dumpkeeper.hprof;

import java.io.IOException;

/**
 * The source of a dump's bytes.
 */
@FunctionalInterface
public interface DumpSource {

	/**
	 * Reads a range.
	 * @param offset where it begins, from 0
	 * @param length how many bytes, at least 1
	 * @return the bytes; fewer than requested only at the end of the file, or when it is
	 * not readable yet
	 * @throws IOException when it cannot be read now
	 */
	byte[] read(long offset, int length) throws IOException;

}
