package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.util.function.IntPredicate;

/**
 * The exact dominator tree of a heap, after the semi-NCA algorithm of Georgiadis and
 * Tarjan. Vertices are numbered in the order of a depth-first search; 0 is above all
 * roots. Vertices reached by a weaker kind of root were not reached by a stronger one,
 * and their references to vertices reached by a stronger one do not count.
 * <p>
 * Scratch holds five numbers for each vertex: the data of the search is overwritten by
 * that of the tree.
 */
final class Dominators {

	private final HeapGraph graph;

	private final Scratch scratch;

	private final Deadline deadline;

	/** The position of each vertex in the search, 0 for unreachable ones. */
	private final IntStore order;

	/** The vertex at each position during the search; position 0 is unused. */
	private final IntStore vertex;

	private final IntStore parent;

	/** How many references of each vertex the search has followed. */
	private final IntStore followed;

	private final IntStore dominator;

	/** At first where the references to each vertex begin, finally its retained size. */
	private final IntStore semi;

	private final IntStore label;

	/** Pairs: the first position of each kind of root and where its roots begin. */
	private final IntStore phases;

	private int reached = 1;

	Dominators(HeapGraph graph, Scratch scratch, Deadline deadline) throws IOException, HoldersUnknownException {
		this.graph = graph;
		this.scratch = scratch;
		this.deadline = deadline;
		long size = graph.vertices() + 1L;
		this.order = IntStore.of(scratch, size);
		this.vertex = IntStore.of(scratch, size);
		this.parent = IntStore.of(scratch, size);
		this.followed = IntStore.of(scratch, size);
		this.dominator = this.followed;
		this.semi = this.order;
		this.label = graph.begins();
		this.label.reach(size);
		this.phases = new IntStore(scratch);
	}

	/**
	 * Starts the next weaker kind of roots.
	 * @param firstRoot where these begin
	 */
	void phase(long firstRoot) throws IOException, HoldersUnknownException {
		this.phases.add(this.reached);
		this.phases.add((int) firstRoot);
	}

	boolean isReached(int vertex) {
		return this.order.get(vertex) != 0;
	}

	void search(int root) throws HoldersUnknownException {
		if (isReached(root)) {
			return;
		}
		enter(root, 0);
		int at = this.reached - 1;
		while (at != 0) {
			this.deadline.check();
			int here = this.vertex.get(at);
			int next = this.followed.get(at);
			if (next < this.graph.count(here)) {
				this.followed.set(at, next + 1);
				int to = this.graph.successor(here, next);
				if (to >= 0 && !isReached(to)) {
					enter(to, at);
					at = this.reached - 1;
				}
			}
			else {
				at = this.parent.get(at);
			}
		}
	}

	private void enter(int vertex, int from) {
		int place = this.reached++;
		this.order.set(vertex, place);
		this.vertex.set(place, vertex);
		this.parent.set(place, from);
	}

	/** Computes the tree of what was reached. No search is possible afterwards. */
	void compute() throws IOException, HoldersUnknownException {
		this.graph.renumber(this.order, this.vertex, this.reached);
		for (int i = 0; i < this.reached; i++) {
			this.semi.set(i, 0);
			this.dominator.set(i, this.parent.get(i));
		}
		eachEdge((from, to) -> this.semi.set(to, this.semi.get(to) + 1));
		long sum = 0;
		for (int i = 0; i < this.reached; i++) {
			sum += Integer.toUnsignedLong(this.semi.get(i));
			this.semi.set(i, (int) sum);
		}
		IntStore before = IntStore.of(this.scratch, sum);
		eachEdge((from, to) -> {
			int at = this.semi.get(to) - 1;
			before.set(Integer.toUnsignedLong(at), from);
			this.semi.set(to, at);
		});
		long end = sum;
		for (int i = this.reached - 1; i > 0; i--) {
			long begin = Integer.toUnsignedLong(this.semi.get(i));
			int least = this.parent.get(i);
			for (long at = begin; at < end; at++) {
				this.deadline.check();
				int from = before.get(at);
				least = Math.min(least, (from <= i) ? from : this.semi.get(evaluate(from, i + 1)));
			}
			end = begin;
			this.semi.set(i, least);
			this.label.set(i, i);
		}
		for (int i = 1; i < this.reached; i++) {
			this.deadline.check();
			int candidate = this.dominator.get(i);
			while (candidate > this.semi.get(i)) {
				candidate = this.dominator.get(candidate);
			}
			this.dominator.set(i, candidate);
		}
	}

	/** Reverses the links on its way up, so that it needs no stack to come down. */
	private int evaluate(int vertex, int linked) {
		int below = 0;
		int at = vertex;
		int above = this.parent.get(at);
		while (above >= linked) {
			this.parent.set(at, below);
			below = at;
			at = above;
			above = this.parent.get(at);
		}
		int best = this.label.get(at);
		while (below != 0) {
			int here = below;
			below = this.parent.get(here);
			this.parent.set(here, above);
			int own = this.label.get(here);
			if (this.semi.get(best) < this.semi.get(own)) {
				this.label.set(here, best);
			}
			else {
				best = own;
			}
		}
		return best;
	}

	/** Visits the references that count and are not part of the search tree. */
	private void eachEdge(Edge edge) throws HoldersUnknownException {
		long phase = 0;
		for (int from = 1; from < this.reached; from++) {
			while (phase + 2 < this.phases.size() && this.phases.get(phase + 2) <= from) {
				phase += 2;
			}
			int first = this.phases.get(phase);
			int count = this.graph.count(from);
			for (int i = 0; i < count; i++) {
				this.deadline.check();
				int to = this.graph.successor(from, i);
				if (to >= first && this.parent.get(to) != from) {
					edge.go(from, to);
				}
			}
		}
		long roots = this.graph.roots().size();
		for (long i = 0; i < this.phases.size(); i += 2) {
			long end = (i + 2 < this.phases.size()) ? this.phases.get(i + 3) : roots;
			for (long root = this.phases.get(i + 1); root < end; root++) {
				int to = this.graph.roots().get(root);
				if (to >= this.phases.get(i) && this.parent.get(to) != 0) {
					edge.go(0, to);
				}
			}
		}
	}

	/**
	 * Returns the retained size of each vertex, in units of 8 bytes. Overwrites data that
	 * was needed only to compute the tree.
	 */
	IntStore retained() throws HoldersUnknownException {
		for (int i = 1; i < this.reached; i++) {
			this.semi.set(i, this.graph.units(i));
		}
		this.semi.set(0, 0);
		for (int i = this.reached - 1; i > 0; i--) {
			this.deadline.check();
			int above = this.dominator.get(i);
			this.semi.set(above, this.semi.get(above) + this.semi.get(i));
		}
		return this.semi;
	}

	/** Returns space for a number for each vertex, once the tree is computed. */
	IntStore room() {
		this.label.clear();
		return this.label;
	}

	/**
	 * Returns the size that the roots reach without some vertices.
	 * @param without selects these vertices
	 * @return in units of 8 bytes
	 */
	long reachedWithout(IntPredicate without) throws HoldersUnknownException {
		IntStore seen = room();
		long sum = 0;
		int depth = 0;
		for (long i = 0; i < this.graph.roots().size(); i++) {
			depth = enter(this.graph.roots().get(i), without, seen, depth);
			while (depth > 0) {
				this.deadline.check();
				int here = this.parent.get(--depth);
				sum += Integer.toUnsignedLong(this.graph.units(here));
				for (int j = this.graph.count(here) - 1; j >= 0; j--) {
					depth = enter(this.graph.successor(here, j), without, seen, depth);
				}
			}
		}
		return sum;
	}

	/** The links are no longer needed; their store is used as the stack. */
	private int enter(int place, IntPredicate without, IntStore seen, int depth) {
		if (place == 0 || seen.get(place) != 0 || without.test(place)) {
			return depth;
		}
		seen.set(place, 1);
		this.parent.set(depth, place);
		return depth + 1;
	}

	int reached() {
		return this.reached;
	}

	int dominator(int place) {
		return this.dominator.get(place);
	}

	/** Receives a reference between two positions. */
	@FunctionalInterface
	private interface Edge {

		void go(int from, int to);

	}

}
