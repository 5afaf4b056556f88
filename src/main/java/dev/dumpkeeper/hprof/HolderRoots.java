package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Orders the roots of a heap by strength: those of the program first, then the local
 * variables of each frame, the outermost first, then soft references, then objects that
 * wait for finalization.
 */
final class HolderRoots {

	static final int STATIC = 1;

	static final int FRAME = 2;

	static final int STATICS_OF_CLASS = 3;

	private static final int MOST_FRAMES = 200_000;

	private final HeapExtract from;

	private final HeapGraph graph;

	private final ClassTable classes;

	private final Deadline deadline;

	/** Thread and depth of each frame that has a vertex. */
	private final List<int[]> frames = new ArrayList<>();

	private final List<Integer> frameVertices = new ArrayList<>();

	private final List<Integer> classRoots = new ArrayList<>();

	private final IntStore staticVertices;

	private final IntStore late;

	private int firstSoft;

	private int firstFinal;

	HolderRoots(HeapExtract from, HeapGraph graph, HeapTally tally, Deadline deadline)
			throws IOException, HoldersUnknownException {
		this.from = from;
		this.graph = graph;
		this.classes = tally.classes;
		this.deadline = deadline;
		this.staticVertices = new IntStore(from.scratch);
		this.late = new IntStore(from.scratch);
		boolean[] leaky = leakyLoaders();
		classes(leaky);
		statics(leaky);
		frames();
	}

	/** Returns the loaders of which several have the same class. */
	private boolean[] leakyLoaders() {
		Map<Integer, Integer> byClass = new HashMap<>();
		boolean[] leaky = new boolean[this.classes.loaders()];
		for (int i = 0; i < leaky.length; i++) {
			byClass.merge(this.classes.loaderClass(i), 1, Integer::sum);
		}
		for (int i = 0; i < leaky.length; i++) {
			int type = this.classes.loaderClass(i);
			leaky[i] = type >= 0 && byClass.getOrDefault(type, 0) > 1;
		}
		return leaky;
	}

	private boolean isLeaky(int number, boolean[] leaky) {
		int loader = this.classes.loader(number);
		return loader != LongIndex.NONE && leaky[loader];
	}

	private void classes(boolean[] leaky) {
		for (int i = 0; i < this.classes.size(); i++) {
			int vertex = this.graph.classVertex(i);
			if (vertex == AddressMap.NONE) {
				continue;
			}
			if (isLeaky(i, leaky)) {
				this.graph.reachThroughInstances(i, vertex);
			}
			else {
				this.classRoots.add(vertex);
			}
		}
	}

	private void statics(boolean[] leaky) throws IOException, HoldersUnknownException {
		IntStore statics = this.from.statics;
		int last = -1;
		for (long at = 0; at < statics.size(); at += HeapExtract.STATIC) {
			int number = statics.get(at);
			int vertex = this.graph.vertex(statics.get(at + 1));
			if (vertex == AddressMap.NONE) {
				continue;
			}
			if (!isLeaky(number, leaky)) {
				this.staticVertices.add(this.graph.addPseudo(STATIC, (int) (at / HeapExtract.STATIC)));
			}
			else if (number != last) {
				this.graph.leadToStatics(number, this.graph.addPseudo(STATICS_OF_CLASS, number));
				last = number;
			}
			this.graph.refer(vertex);
		}
	}

	private void frames() throws IOException, HoldersUnknownException {
		Map<Long, List<Integer>> byFrame = new TreeMap<>();
		IntStore roots = this.from.roots;
		for (long at = 0; at < roots.size(); at += HeapExtract.ROOT) {
			int tag = roots.get(at);
			int vertex = this.graph.vertex(roots.get(at + 1));
			if (vertex == AddressMap.NONE) {
				continue;
			}
			if (tag == 0x02 || tag == 0x03) {
				int depth = roots.get(at + 3);
				long key = ((long) roots.get(at + 2) << 32) | (Integer.MAX_VALUE - Math.max(0L, depth));
				if (byFrame.size() >= MOST_FRAMES && !byFrame.containsKey(key)) {
					throw new HoldersUnknownException("its threads have too many frames");
				}
				byFrame.computeIfAbsent(key, (none) -> new ArrayList<>()).add(vertex);
			}
			else if (tag == 0x04 || tag == 0x06 || tag == 0x07) {
				this.late.add(vertex);
			}
		}
		for (Map.Entry<Long, List<Integer>> frame : byFrame.entrySet()) {
			this.frameVertices.add(this.graph.addPseudo(FRAME, this.frames.size()));
			this.frames
				.add(new int[] { (int) (frame.getKey() >> 32), Integer.MAX_VALUE - (int) (long) frame.getKey() });
			for (Integer vertex : frame.getValue()) {
				this.graph.refer(vertex);
			}
		}
	}

	void search(Dominators tree) throws IOException, HoldersUnknownException {
		IntStore roots = this.graph.roots();
		tree.phase(0);
		for (long i = 0; i < this.staticVertices.size(); i++) {
			root(tree, this.staticVertices.get(i));
		}
		for (Integer vertex : this.classRoots) {
			root(tree, vertex);
		}
		for (long at = 0; at < this.from.roots.size(); at += HeapExtract.ROOT) {
			int tag = this.from.roots.get(at);
			int vertex = this.graph.vertex(this.from.roots.get(at + 1));
			if (vertex != AddressMap.NONE && (tag == 0x01 || tag == 0x05 || tag == 0x08 || tag == 0xFF)) {
				root(tree, vertex);
			}
		}
		for (Integer vertex : this.frameVertices) {
			tree.phase(roots.size());
			root(tree, vertex);
		}
		tree.phase(roots.size());
		for (long i = 0; i < this.late.size(); i++) {
			root(tree, this.late.get(i));
		}
		tree.phase(roots.size());
		this.firstSoft = tree.reached();
		deferred(tree, this.from.softs);
		tree.phase(roots.size());
		this.firstFinal = tree.reached();
		deferred(tree, this.from.finals);
	}

	private void root(Dominators tree, int vertex) throws IOException, HoldersUnknownException {
		this.graph.roots().add(vertex);
		tree.search(vertex);
	}

	/**
	 * Only a reference object that is reached holds its referent; reaching that may reach
	 * further reference objects.
	 */
	private void deferred(Dominators tree, IntStore pairs) throws IOException, HoldersUnknownException {
		int before;
		do {
			before = tree.reached();
			for (long at = 0; at < pairs.size(); at += 2) {
				this.deadline.check();
				int reference = this.graph.vertex(pairs.get(at));
				int referent = this.graph.vertex(pairs.get(at + 1));
				if (reference != AddressMap.NONE && referent != AddressMap.NONE && tree.isReached(reference)
						&& !tree.isReached(referent)) {
					root(tree, referent);
				}
			}
		}
		while (tree.reached() > before);
	}

	int firstSoft() {
		return this.firstSoft;
	}

	int firstFinal() {
		return this.firstFinal;
	}

	/** Returns the static field of a vertex: the class, then its name. */
	long[] staticField(int number) {
		IntStore statics = this.from.statics;
		long at = (long) number * HeapExtract.STATIC;
		return new long[] { statics.get(at),
				(long) statics.get(at + 2) << 32 | Integer.toUnsignedLong(statics.get(at + 3)) };
	}

	/** Returns the thread and the depth of the frame of a vertex. */
	int[] frame(int number) {
		return this.frames.get(number);
	}

}
