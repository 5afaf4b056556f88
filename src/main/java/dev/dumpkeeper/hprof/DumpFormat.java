package dev.dumpkeeper.hprof;

import java.io.InputStream;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.HeapReading.Budget;
import dev.dumpkeeper.hprof.HeapReading.ScratchSpace;

/**
 * A format of dumps. Nothing throws for the content of a file, nor for an
 * {@link java.io.IOException} of its source.
 */
public interface DumpFormat {

	/**
	 * Returns whether a file may have this format.
	 * @param front its first bytes, 1 to 8192; all of a shorter file
	 * @return {@code false} if it certainly has another
	 */
	boolean beginsLike(byte[] front);

	/**
	 * Finds out from a few MB whether a dump is complete, and why it was made.
	 * @param source the file
	 * @param size its size in bytes
	 * @return the result; the same for the same bytes
	 */
	TriageResult triage(DumpSource source, long size);

	/**
	 * Reads a dump once from start to end.
	 * @param dump the file from its first byte; it is not closed
	 * @param size its size in bytes; negative if unknown
	 * @param budget the limits
	 * @param scratch where and how much may be written; {@code null} to write nothing
	 * @return the result; for a partial reading, the content of the part that was read
	 */
	HeapContents read(InputStream dump, long size, Budget budget, @Nullable ScratchSpace scratch);

}
