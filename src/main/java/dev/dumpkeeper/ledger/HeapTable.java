package dev.dumpkeeper.ledger;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.Growth;
import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.hprof.Holders;

/**
 * What is on a heap, as a table.
 *
 * @param isWhole whether all of it was read
 * @param sentence what stands out, in English; empty without
 * @param reason why it was not read to its end, in English; empty otherwise
 * @param instances how many objects were counted
 * @param bytes what they take
 * @param rows the classes that take most
 * @param holders who would free how much by letting go, in English, the most first; empty
 * where that is not known
 * @param grew what grew since an earlier dump of the same workload, {@code null} where
 * there is none to compare with
 */
public record HeapTable(boolean isWhole, String sentence, String reason, long instances, long bytes, List<HeapRow> rows,
		List<String> holders, @Nullable GrownTable grew) {

	private static final int CLASSES = 25;

	static HeapTable of(HeapContents contents, @Nullable GrownTable grew) {
		Holders holders = contents.holders();
		return new HeapTable(contents.state() == HeapContents.State.WHOLE, contents.sentence(), contents.reason(),
				contents.instances(), contents.shallowBytes(),
				contents.classes()
					.stream()
					.limit(CLASSES)
					.map((type) -> new HeapRow(type.name(), type.instances(), type.shallowBytes(),
							(int) Math.round(100.0 * type.shallowBytes() / Math.max(1, contents.shallowBytes()))))
					.toList(),
				(holders != null) ? holders.holders().stream().map(Holders.Holder::sentence).toList() : List.of(),
				grew);
	}

	/**
	 * How a heap grew.
	 *
	 * @param since the earlier dump
	 * @param instances how many objects more, or less below 0
	 * @param bytes how many bytes more, or less below 0
	 * @param classes the classes that grew most
	 */
	public record GrownTable(DumpSearch.DumpRow since, long instances, long bytes, List<GrownRow> classes) {

		static GrownTable of(DumpSearch.DumpRow since, HeapContents earlier, HeapContents later) {
			Growth growth = Growth.between(earlier, later);
			return new GrownTable(since, growth.instances(), growth.shallowBytes(),
					growth.classes()
						.stream()
						.map((type) -> new GrownRow(type.name(), type.instances(), type.shallowBytes(), type.atLeast()))
						.toList());
		}

	}

	/**
	 * A class that grew.
	 *
	 * @param name its name, without numbers that differ between processes
	 * @param instances how many more, or less below 0
	 * @param bytes how many more
	 * @param isAtLeast whether it was too small to be listed before, so that it may have
	 * grown by more
	 */
	public record GrownRow(String name, long instances, long bytes, boolean isAtLeast) {

	}

	/**
	 * A class on a heap.
	 *
	 * @param name its name
	 * @param instances how many objects
	 * @param bytes what they take
	 * @param percent of the heap
	 */
	public record HeapRow(String name, long instances, long bytes, int percent) {

	}

}
