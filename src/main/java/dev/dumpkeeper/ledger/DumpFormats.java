package dev.dumpkeeper.ledger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.DumpFormat;
import dev.dumpkeeper.hprof.DumpSource;
import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.hprof.HeapReading.Budget;
import dev.dumpkeeper.hprof.HeapReading.ScratchSpace;
import dev.dumpkeeper.hprof.Hprof;
import dev.dumpkeeper.hprof.TriageResult;

/**
 * Reads a dump by the first of some formats that it begins like. What begins like none of
 * them is left to the first, which says so.
 */
public final class DumpFormats implements DumpFormat {

	/** The formats of this application, each registered here only. */
	public static final DumpFormats KNOWN = new DumpFormats(List.of(new Hprof()));

	private static final int FRONT = 8192;

	private final List<DumpFormat> formats;

	DumpFormats(List<DumpFormat> formats) {
		this.formats = List.copyOf(formats);
	}

	@Override
	public boolean beginsLike(byte[] front) {
		return this.formats.stream().anyMatch((format) -> format.beginsLike(front));
	}

	@Override
	public TriageResult triage(DumpSource source, long size) {
		return format(() -> (size > 0) ? source.read(0, (int) Math.min(size, FRONT)) : new byte[0]).triage(source,
				size);
	}

	@Override
	public HeapContents read(InputStream dump, long size, Budget budget, @Nullable ScratchSpace scratch) {
		if (this.formats.size() == 1) {
			return this.formats.get(0).read(dump, size, budget, scratch);
		}
		BufferedInputStream buffered = new BufferedInputStream(dump, FRONT);
		buffered.mark(FRONT);
		DumpFormat format = format(() -> {
			byte[] front = buffered.readNBytes(FRONT);
			buffered.reset();
			return front;
		});
		return format.read(buffered, size, budget, scratch);
	}

	/** A single format needs no extra reading. */
	private DumpFormat format(Front front) {
		if (this.formats.size() > 1) {
			try {
				byte[] bytes = front.read();
				return this.formats.stream()
					.filter((format) -> bytes.length > 0 && format.beginsLike(bytes))
					.findFirst()
					.orElse(this.formats.get(0));
			}
			catch (IOException ex) {
				// The format meets the same failure and reports it.
			}
		}
		return this.formats.get(0);
	}

	/** The start of a file. */
	@FunctionalInterface
	private interface Front {

		byte[] read() throws IOException;

	}

}
