package dev.dumpkeeper.hprof;

import java.io.InputStream;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.HeapReading.Budget;
import dev.dumpkeeper.hprof.HeapReading.ScratchSpace;

/**
 * The format that HotSpot and OpenJ9 write heap dumps in, plain or compressed by gzip.
 */
public final class Hprof implements DumpFormat {

	@Override
	public boolean beginsLike(byte[] front) {
		return Gunzip.beginsAt(front, 0) || HprofFormat.beginsLikeADump(front);
	}

	@Override
	public TriageResult triage(DumpSource source, long size) {
		return TriageResult.of(source, size);
	}

	@Override
	public HeapContents read(InputStream dump, long size, Budget budget, @Nullable ScratchSpace scratch) {
		return (scratch != null) ? HeapReading.read(dump, size, budget, scratch) : HeapReading.read(dump, size, budget);
	}

}
