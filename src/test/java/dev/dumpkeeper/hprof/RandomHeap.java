package dev.dumpkeeper.hprof;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A heap of random shape, and by the plainest of ways what each of its objects retains:
 * it is taken away, and what the roots reach without it is counted.
 */
final class RandomHeap {

	static final long NODE = 0x1000;

	static final long OBJECTS = 0x1100;

	static final long ROOTS = 0x1200;

	private static final int FRAMES = 4;

	private final List<int[]> references = new ArrayList<>();

	private final List<Long> addresses = new ArrayList<>();

	private final List<Integer> statics = new ArrayList<>();

	/** By phase: 0 for JNI and threads, then frames. */
	private final List<List<Integer>> roots = new ArrayList<>();

	private final long[] sizes;

	RandomHeap(Random random) {
		int count = 2 + random.nextInt(60);
		int shape = random.nextInt(4);
		long address = 0x7_0000_0000L + 8L * random.nextInt(1000);
		this.sizes = new long[count];
		for (int i = 0; i < count; i++) {
			this.addresses.add(address);
			address += 8L * (3 + random.nextInt((random.nextInt(10) == 0) ? 200_000 : 40));
			int degree = (random.nextInt(6) == 0) ? random.nextInt(12) : random.nextInt(4);
			int[] to = new int[degree];
			for (int j = 0; j < degree; j++) {
				to[j] = switch (shape) {
					case 0 -> random.nextInt(count);
					// A tree with links to its parents.
					case 1 -> (j == 0 && i > 0) ? (i - 1) / 2 : Math.min(count - 1, 2 * i + j);
					// A list with a few jumps.
					case 2 -> (j == 0) ? Math.min(count - 1, i + 1) : random.nextInt(count);
					default -> Math.min(count - 1, i + 1 + random.nextInt(5));
				};
			}
			this.references.add(to);
			this.sizes[i] = (16 + 4L * degree + 7) & -8;
		}
		for (int i = 0; i <= FRAMES; i++) {
			this.roots.add(new ArrayList<>());
		}
		for (int i = random.nextInt(4); i >= 0; i--) {
			this.statics.add(random.nextInt(Math.min(count, 10)));
		}
		for (int i = random.nextInt(4); i > 0; i--) {
			this.roots.get(random.nextInt(FRAMES + 1)).add(random.nextInt(count));
		}
	}

	byte[] dump(Random random) {
		HprofFile file = HprofFile.empty(8).loaded(8, NODE, "com.acme.Node[]").loaded(8, ROOTS, "com.acme.Roots");
		for (int i = 0; i < this.statics.size(); i++) {
			file.record(0x01, 0x50L + i, "f" + i);
		}
		HeapPart part = new HeapPart(8);
		part.u1(0x20).id(ROOTS).u4(0);
		for (int i = 0; i < 6; i++) {
			part.id(0);
		}
		part.u4(0).u2(0).u2(this.statics.size());
		for (int i = 0; i < this.statics.size(); i++) {
			part.id(0x50L + i).u1(HeapPart.OBJECT).id(this.addresses.get(this.statics.get(i)));
		}
		part.u2(0);
		List<Integer> order = new ArrayList<>();
		for (int i = 0; i < this.addresses.size(); i++) {
			order.add(i);
		}
		if (random.nextBoolean()) {
			java.util.Collections.shuffle(order, random);
		}
		for (int i : order) {
			int[] to = this.references.get(i);
			part.u1(0x22).id(this.addresses.get(i)).u4(0).u4(to.length).id(NODE);
			for (int one : to) {
				part.id(this.addresses.get(one));
			}
		}
		this.roots.get(0).forEach((root) -> part.u1(0x01).id(this.addresses.get(root)).id(0));
		for (int i = 1; i <= FRAMES; i++) {
			// Threads 1 and 2, two frames each, the outermost first.
			int thread = 1 + (i - 1) / 2;
			int depth = 1 - (i - 1) % 2;
			this.roots.get(i).forEach((root) -> part.u1(0x03).id(this.addresses.get(root)).u4(thread).u4(depth));
		}
		return file.record(0x1C, part.bytes()).end().bytes();
	}

	long bytes() {
		long sum = 0;
		for (long size : this.sizes) {
			sum += size;
		}
		return sum;
	}

	/** By address, what objects of 1 % and more retain. */
	Map<Long, Long> objects() {
		Map<Long, Long> all = new HashMap<>();
		BitSet earlier = new BitSet();
		for (int phase = 0; phase <= FRAMES; phase++) {
			BitSet reached = reach(phase, earlier, -1, -1);
			for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
				long held = sum(reached) - sum(reach(phase, earlier, i, -1));
				if (100 * held >= bytes()) {
					all.put(this.addresses.get(i), held);
				}
			}
			earlier.or(reached);
		}
		return all;
	}

	/** By static field, what those of 1 % and more retain. */
	Map<String, Long> fields() {
		Map<String, Long> all = new HashMap<>();
		BitSet none = new BitSet();
		long reached = sum(reach(0, none, -1, -1));
		for (int i = 0; i < this.statics.size(); i++) {
			long held = reached - sum(reach(0, none, -1, i));
			if (100 * held >= bytes()) {
				all.put("com.acme.Roots.f" + i, held);
			}
		}
		return all;
	}

	/** What the frames of each phase hold that nothing stronger does. */
	List<Long> frames() {
		List<Long> all = new ArrayList<>();
		BitSet earlier = new BitSet();
		for (int phase = 0; phase <= FRAMES; phase++) {
			BitSet reached = reach(phase, earlier, -1, -1);
			if (phase > 0 && 100 * sum(reached) >= bytes() && !reached.isEmpty()) {
				all.add(sum(reached));
			}
			earlier.or(reached);
		}
		all.sort(null);
		return all;
	}

	private BitSet reach(int phase, BitSet earlier, int without, int withoutStatic) {
		BitSet seen = new BitSet();
		List<Integer> todo = new ArrayList<>(this.roots.get(phase));
		for (int i = 0; phase == 0 && i < this.statics.size(); i++) {
			if (i != withoutStatic) {
				todo.add(this.statics.get(i));
			}
		}
		while (!todo.isEmpty()) {
			int at = todo.remove(todo.size() - 1);
			if (at != without && !earlier.get(at) && !seen.get(at)) {
				seen.set(at);
				for (int to : this.references.get(at)) {
					todo.add(to);
				}
			}
		}
		return seen;
	}

	private long sum(BitSet objects) {
		return objects.stream().mapToLong((i) -> this.sizes[i]).sum();
	}

}
