package dev.dumpkeeper.ledger;

import java.util.List;

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
 */
public record HeapTable(boolean isWhole, String sentence, String reason, long instances, long bytes, List<HeapRow> rows,
		List<String> holders) {

	private static final int CLASSES = 25;

	static HeapTable of(HeapContents contents) {
		Holders holders = contents.holders();
		return new HeapTable(contents.state() == HeapContents.State.WHOLE, contents.sentence(), contents.reason(),
				contents.instances(), contents.shallowBytes(),
				contents.classes()
					.stream()
					.limit(CLASSES)
					.map((type) -> new HeapRow(type.name(), type.instances(), type.shallowBytes(),
							(int) Math.round(100.0 * type.shallowBytes() / Math.max(1, contents.shallowBytes()))))
					.toList(),
				(holders != null) ? holders.holders().stream().map(Holders.Holder::sentence).toList() : List.of());
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
