package dev.dumpkeeper.hprof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.dumpkeeper.hprof.Holders.Step;

/**
 * The paths of classes from each big holder to what it holds, along the dominator tree.
 */
final class HolderPaths {

	/**
	 * The maximum number of paths; further ones belong to the path from which they branch
	 * off.
	 */
	private static final int MOST = 40_000;

	private static final int LONGEST = 16;

	private static final int SHOWN = 4;

	private final HeapGraph graph;

	private final LongIndex index = new LongIndex(256, MOST);

	private int[] kinds = new int[256];

	private int[] parents = new int[256];

	private long[] units = new long[256];

	private long[] counts = new long[256];

	/** The maximum retained size of the objects at the start of each path. */
	private long[] ones = new long[256];

	/**
	 * How many objects are at the start of each path; the following objects belong to
	 * these.
	 */
	private long[] entered = new long[256];

	private int[] heaviest = new int[0];

	private int size = 1;

	/**
	 * Follows all paths.
	 * @param tree the tree
	 * @param graph the heap
	 * @param retained the retained size of each vertex of the tree
	 * @param threshold the size of a big holder
	 * @param deadline the time limit
	 */
	HolderPaths(Dominators tree, HeapGraph graph, IntStore retained, long threshold, Deadline deadline)
			throws HoldersUnknownException {
		this.graph = graph;
		IntStore ways = tree.room();
		for (int place = 1; place < tree.reached(); place++) {
			deadline.check();
			int above = tree.dominator(place);
			long held = Integer.toUnsignedLong(retained.get(place));
			int way = (above != 0) ? step(ways.get(above), graph.kind(place), held)
					: (held >= threshold) ? child(0, place, graph.kind(place)) : 0;
			if (way != 0) {
				this.counts[way]++;
				this.units[way] += Integer.toUnsignedLong(graph.units(place));
				ways.set(place, way);
			}
		}
		sumUp();
	}

	private int step(int from, int kind, long held) {
		if (from == 0) {
			return 0;
		}
		int at = from;
		for (int i = 0; i < 3 && at != 0; i++) {
			if (this.kinds[at] == kind) {
				return at;
			}
			at = this.parents[at];
		}
		int way = child(from, kind, kind);
		if (way != from) {
			this.ones[way] = Math.max(this.ones[way], held);
			this.entered[way]++;
		}
		return way;
	}

	/**
	 * The first steps of two holders are distinct, even if they are of the same class.
	 */
	private int child(int from, int key, int kind) {
		int number = this.index.add((long) from << 32 | Integer.toUnsignedLong(key));
		if (number == LongIndex.NONE) {
			return from;
		}
		int way = number + 1;
		if (way == this.size) {
			if (way == this.kinds.length) {
				this.kinds = Arrays.copyOf(this.kinds, 2 * way);
				this.parents = Arrays.copyOf(this.parents, 2 * way);
				this.units = Arrays.copyOf(this.units, 2 * way);
				this.counts = Arrays.copyOf(this.counts, 2 * way);
				this.ones = Arrays.copyOf(this.ones, 2 * way);
				this.entered = Arrays.copyOf(this.entered, 2 * way);
			}
			this.kinds[way] = kind;
			this.parents[way] = from;
			this.size++;
		}
		return way;
	}

	private void sumUp() {
		this.heaviest = new int[this.size];
		for (int way = this.size - 1; way > 0; way--) {
			int parent = this.parents[way];
			if (this.units[way] > this.units[this.heaviest[parent]] || this.heaviest[parent] == 0) {
				this.heaviest[parent] = way;
			}
			if (parent != 0) {
				this.units[parent] += this.units[way];
			}
		}
	}

	/**
	 * Returns the path with the largest share of what a holder holds.
	 * @param place the position of the holder in the tree
	 */
	List<Step> of(int place) {
		int at = this.index.find(Integer.toUnsignedLong(place)) + 1;
		long half = this.units[at] / 2;
		List<Step> steps = new ArrayList<>();
		for (int depth = 0; depth < LONGEST && at != 0; depth++) {
			at = this.heaviest[at];
			if (at == 0 || this.units[at] <= half) {
				break;
			}
			String name = this.graph.name(this.kinds[at]);
			if (!isInside(name)) {
				boolean isOne = this.entered[at] > 1 && this.ones[at] > half;
				steps.add(new Step(name, this.counts[at], isOne ? this.ones[at] * 8 : 0));
				if (this.counts[at] > 1 && !isOne && !isOfPlatform(name)) {
					break;
				}
			}
		}
		if (steps.size() > SHOWN) {
			steps.subList(1, steps.size() - SHOWN + 1).clear();
		}
		return steps;
	}

	/** Arrays and nodes of collections are meaningless to readers of a path. */
	private static boolean isInside(String name) {
		return name.isEmpty() || name.endsWith("[]") && !ClassNames.PRIMITIVES.contains(name.replace("[]", ""))
				|| isOfPlatform(name) && name.indexOf('$') >= 0;
	}

	private static boolean isOfPlatform(String name) {
		return name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.") || name.endsWith("[]");
	}

}
