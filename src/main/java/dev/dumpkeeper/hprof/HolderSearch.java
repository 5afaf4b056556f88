package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.dumpkeeper.hprof.Holders.Holder;
import dev.dumpkeeper.hprof.Holders.Kind;

/**
 * Finds who holds 1 % or more of a heap.
 */
final class HolderSearch {

	private static final int LEAST_PERCENT = 1;

	/** If single holders explain this share, groups are not searched for. */
	private static final int EXPLAINED_PERMILLE = 800;

	private static final int MOST_GROUPS = 3;

	private final HeapGraph graph;

	private final HolderRoots roots;

	private final Dominators tree;

	private final HeapTally tally;

	private final StackNames stacks;

	private final Deadline deadline;

	private final IntStore retained;

	private final long total;

	private final long threshold;

	HolderSearch(HeapExtract from, HeapTally tally, StackNames stacks, Deadline deadline)
			throws IOException, HoldersUnknownException {
		this.tally = tally;
		this.stacks = stacks;
		this.deadline = deadline;
		this.graph = new HeapGraph(from, tally, deadline);
		this.roots = new HolderRoots(from, this.graph, tally, deadline);
		this.tree = new Dominators(this.graph, from.scratch, deadline);
		this.roots.search(this.tree);
		long sum = 0;
		for (int i = 0; i < this.graph.objects(); i++) {
			sum += Integer.toUnsignedLong(this.graph.units(i));
		}
		if (sum > 0xFFFF_FFFFL) {
			throw new HoldersUnknownException("it has more than 32 GiB of heap");
		}
		this.total = sum;
		this.threshold = Math.max(1, (sum * LEAST_PERCENT + 99) / 100);
		this.tree.compute();
		this.retained = this.tree.retained();
	}

	/** Visits each object with its retained size. */
	void each(Visitor visitor) {
		for (int place = 1; place < this.tree.reached(); place++) {
			long held = Integer.toUnsignedLong(this.retained.get(place));
			if (held >= this.threshold && this.graph.kind(place) < HeapExtract.PSEUDO) {
				visitor.visit(this.graph.slot(place), held * 8);
			}
		}
	}

	Holders find() throws HoldersUnknownException {
		HolderPaths paths = new HolderPaths(this.tree, this.graph, this.retained, this.threshold, this.deadline);
		List<Holder> found = new ArrayList<>();
		Map<Integer, long[]> groups = new HashMap<>();
		long soft = 0;
		long finalized = 0;
		for (int place = 1; place < this.tree.reached(); place++) {
			this.deadline.check();
			if (this.tree.dominator(place) != 0) {
				continue;
			}
			long held = Integer.toUnsignedLong(this.retained.get(place));
			if (place >= this.roots.firstFinal()) {
				finalized += held;
			}
			else if (place >= this.roots.firstSoft()) {
				soft += held;
			}
			else if (held >= this.threshold) {
				found.add(holder(place, held, paths));
			}
			else {
				int kind = this.graph.kind(place);
				if (kind < HeapExtract.CLASS) {
					long[] group = groups.computeIfAbsent(kind, (none) -> new long[2]);
					group[0]++;
					group[1] += held;
				}
			}
		}
		if (soft >= this.threshold) {
			found.add(new Holder(Kind.SOFT_REFERENCES, "", false, permille(soft), soft * 8, 1, List.of()));
		}
		if (finalized >= this.threshold) {
			found.add(new Holder(Kind.FINALIZATION, "", false, permille(finalized), finalized * 8, 1, List.of()));
		}
		if (found.stream().mapToInt(Holder::permille).sum() < EXPLAINED_PERMILLE) {
			addGroups(found, groups);
		}
		found.sort(Comparator.comparingLong(Holder::bytes).reversed());
		return new Holders("", found.subList(0, Math.min(found.size(), Holders.MOST)));
	}

	private int permille(long units) {
		return (int) (1000 * units / Math.max(1, this.total));
	}

	private Holder holder(int place, long held, HolderPaths paths) {
		int kind = this.graph.kind(place);
		if (kind == (HeapExtract.PSEUDO | HolderRoots.STATIC)) {
			long[] field = this.roots.staticField(this.graph.pseudoNumber(place));
			String name = this.graph.name((int) field[0]) + "."
					+ this.tally.names.java(this.tally.names.place(field[1]));
			return new Holder(Kind.STATIC_FIELD, name, false, permille(held), held * 8, 1, paths.of(place));
		}
		if (kind == (HeapExtract.PSEUDO | HolderRoots.FRAME)) {
			int[] frame = this.roots.frame(this.graph.pseudoNumber(place));
			return new Holder(Kind.LOCAL_VARIABLE, this.stacks.place(frame[0], frame[1]), this.stacks.died(frame[0]),
					permille(held), held * 8, 1, paths.of(place));
		}
		return new Holder(Kind.OBJECT, this.graph.name(kind), false, permille(held), held * 8, 1, paths.of(place));
	}

	/**
	 * The members of a group retain less individually than together, which only a
	 * traversal without them shows.
	 */
	private void addGroups(List<Holder> found, Map<Integer, long[]> groups) throws HoldersUnknownException {
		List<Map.Entry<Integer, long[]>> biggest = groups.entrySet()
			.stream()
			.filter((group) -> group.getValue()[0] > 1 && group.getValue()[1] >= this.threshold)
			.sorted(Comparator.comparingLong((Map.Entry<Integer, long[]> group) -> group.getValue()[1]).reversed())
			.limit(MOST_GROUPS)
			.toList();
		if (biggest.isEmpty()) {
			return;
		}
		long all = this.tree.reachedWithout((place) -> false);
		for (Map.Entry<Integer, long[]> group : biggest) {
			int kind = group.getKey();
			long held = all - this.tree
				.reachedWithout((place) -> this.tree.dominator(place) == 0 && this.graph.kind(place) == kind);
			if (held >= this.threshold) {
				found.add(new Holder(Kind.GROUP, this.graph.name(kind), false, permille(held), held * 8,
						group.getValue()[0], List.of()));
			}
		}
	}

	/** Receives an object that retains 1 % or more, by the slot of its address. */
	@FunctionalInterface
	interface Visitor {

		void visit(int slot, long bytes);

	}

}
