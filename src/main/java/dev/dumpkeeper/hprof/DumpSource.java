package dev.dumpkeeper.hprof;

import java.io.IOException;

/**
 * Where the bytes of a dump come from.
 */
@FunctionalInterface
public interface DumpSource {

	/**
	 * Reads a range.
	 * @param offset where it begins, from 0
	 * @param length how many bytes, at least 1
	 * @return the bytes; fewer than asked for only where the file ends or is not readable
	 * yet
	 * @throws IOException when it cannot be read now
	 */
	byte[] read(long offset, int length) throws IOException;

}
