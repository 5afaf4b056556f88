package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The references between the objects of a heap. A vertex is an object, a class, or stands
 * for a static field, the local variables of a frame and the like. Vertices are numbered
 * by address until {@link #renumber}, then by their position in the search.
 */
final class HeapGraph {

	private final HeapExtract from;

	private final HeapTally tally;

	private final Deadline deadline;

	private final int objects;

	private IntStore begins;

	private final IntStore roots;

	/** The vertex of each class that is reached only through its instances. */
	private final Map<Integer, Integer> leaky = new HashMap<>();

	private final int[] instanceUnits;

	/** The vertex of each class; -1 if it is not defined. */
	private final int[] classVertices;

	private int vertices;

	HeapGraph(HeapExtract from, HeapTally tally, Deadline deadline) throws IOException, HoldersUnknownException {
		this.from = from;
		this.tally = tally;
		this.deadline = deadline;
		this.objects = from.addresses.count();
		this.vertices = this.objects;
		this.begins = IntStore.of(from.scratch, this.objects + 1L);
		this.roots = new IntStore(from.scratch);
		this.instanceUnits = new int[tally.classes.size()];
		for (int i = 0; i < this.instanceUnits.length; i++) {
			this.instanceUnits[i] = (int) Math.min(Integer.MAX_VALUE, tally.instanceBytes(i) / 8);
		}
		this.classVertices = new int[tally.classes.size()];
		Arrays.fill(this.classVertices, AddressMap.NONE);
		IntStore records = from.records;
		for (long at = 0; at < records.size();) {
			int vertex = from.addresses.number(records.get(at));
			this.begins.set(vertex, (int) at);
			int head = records.get(at + 1);
			if ((head & HeapExtract.CLASS) != 0) {
				this.classVertices[head & HeapExtract.NUMBER] = vertex;
			}
			long end = references(at) + referenceCount(at);
			for (long reference = references(at); reference < end; reference++) {
				deadline.check();
				records.set(reference, from.addresses.number(records.get(reference)));
			}
			at = end;
		}
	}

	private long references(long at) {
		int head = this.from.records.get(at + 1);
		return at + 2 + (HeapExtract.hasLength(head) ? 1 : 0) + (hasMany(head) ? 1 : 0);
	}

	private long referenceCount(long at) {
		int head = this.from.records.get(at + 1);
		return hasMany(head) ? Integer.toUnsignedLong(this.from.records.get(references(at) - 1))
				: head >>> HeapExtract.COUNT_SHIFT;
	}

	private static boolean hasMany(int head) {
		return head >>> HeapExtract.COUNT_SHIFT == HeapExtract.MANY;
	}

	/**
	 * Renumbers each vertex by its position in the search, 0 for unreachable ones. The
	 * positions replace the table of records by address, which is not needed afterwards,
	 * nor is the order.
	 * @param order the position of each vertex
	 * @param vertices the vertex at each position, afterwards where its record begins
	 * @param reached how many positions there are
	 */
	void renumber(IntStore order, IntStore vertices, int reached) throws HoldersUnknownException {
		IntStore records = this.from.records;
		for (long at = 0; at < records.size();) {
			long end = references(at) + referenceCount(at);
			for (long reference = references(at); reference < end; reference++) {
				this.deadline.check();
				records.set(reference, place(order, records.get(reference)));
			}
			at = end;
		}
		for (long i = 0; i < this.roots.size(); i++) {
			this.roots.set(i, place(order, this.roots.get(i)));
		}
		this.leaky.replaceAll((number, vertex) -> place(order, vertex));
		for (int place = 1; place < reached; place++) {
			vertices.set(place, this.begins.get(vertices.get(place)));
		}
		this.begins = vertices;
	}

	private static int place(IntStore order, int vertex) {
		return (vertex == AddressMap.NONE) ? 0 : order.get(vertex);
	}

	/**
	 * Returns where records begin; the store is free once all vertices are renumbered.
	 */
	IntStore begins() {
		return this.begins;
	}

	/**
	 * Adds a vertex that is not an object.
	 * @param type what it is, defined by the caller
	 * @param number its number within the type
	 * @return its vertex
	 */
	int addPseudo(int type, int number) throws IOException, HoldersUnknownException {
		IntStore records = this.from.records;
		this.begins.reach(this.vertices + 2L);
		this.begins.set(this.vertices, (int) records.size());
		records.add(0);
		records.add(HeapExtract.PSEUDO | type | HeapExtract.MANY << HeapExtract.COUNT_SHIFT);
		records.add(number);
		records.add(0);
		return this.vertices++;
	}

	/** Adds a reference to the vertex that was added last. */
	void refer(int vertex) throws IOException, HoldersUnknownException {
		IntStore records = this.from.records;
		long head = begin(this.vertices - 1);
		records.add(vertex);
		records.set(head + 3, records.get(head + 3) + 1);
	}

	/** Adds a reference from the instances of a class to the class. */
	void reachThroughInstances(int number, int classVertex) {
		this.leaky.put(number, classVertex);
	}

	private long begin(int vertex) {
		return Integer.toUnsignedLong(this.begins.get(vertex));
	}

	int vertex(int slot) {
		return this.from.addresses.number(slot);
	}

	/** Returns the vertex of a class, or {@link AddressMap#NONE}. */
	int classVertex(int number) {
		return (number >= 0 && number < this.classVertices.length) ? this.classVertices[number] : AddressMap.NONE;
	}

	/** Returns the number within its type of a vertex that is not an object. */
	int pseudoNumber(int vertex) {
		return this.from.records.get(begin(vertex) + 2);
	}

	int objects() {
		return this.objects;
	}

	int vertices() {
		return this.vertices;
	}

	IntStore roots() {
		return this.roots;
	}

	int kind(int vertex) {
		return this.from.records.get(begin(vertex) + 1) & HeapExtract.KIND;
	}

	int slot(int vertex) {
		return this.from.records.get(begin(vertex));
	}

	int count(int vertex) {
		int own = (int) referenceCount(begin(vertex));
		return (!this.leaky.isEmpty() && this.leaky.containsKey(leakyNumber(vertex))) ? own + 1 : own;
	}

	private int leakyNumber(int vertex) {
		int kind = kind(vertex);
		// Negative keys lead from a class to its static fields, others from an instance
		// to its class.
		return (kind & ~HeapExtract.NUMBER) == HeapExtract.CLASS ? -1 - (kind & HeapExtract.NUMBER) : kind;
	}

	int successor(int vertex, int number) {
		long at = begin(vertex);
		if (number < referenceCount(at)) {
			return this.from.records.get(references(at) + number);
		}
		return this.leaky.getOrDefault(leakyNumber(vertex), AddressMap.NONE);
	}

	/** Adds a reference from a class to the vertex of its static fields. */
	void leadToStatics(int number, int statics) {
		this.leaky.put(-1 - number, statics);
	}

	/** Returns the size of a vertex in units of 8 bytes. */
	int units(int vertex) {
		long at = begin(vertex);
		int kind = this.from.records.get(at + 1) & HeapExtract.KIND;
		int number = kind & HeapExtract.NUMBER;
		return switch (kind & ~HeapExtract.NUMBER) {
			case 0 -> this.instanceUnits[number];
			case HeapExtract.ARRAY -> (int) (this.tally.objectArrayBytes(length(at)) / 8);
			case HeapExtract.PRIMITIVE -> (int) (this.tally.primitiveArrayBytes(number, length(at)) / 8);
			default -> 0;
		};
	}

	private long length(long at) {
		return Integer.toUnsignedLong(this.from.records.get(at + 2));
	}

	String name(int kind) {
		int number = kind & HeapExtract.NUMBER;
		return switch (kind & ~HeapExtract.NUMBER) {
			case HeapExtract.PRIMITIVE -> ClassNames.PRIMITIVES.get(number - 4) + "[]";
			case HeapExtract.CLASS -> "class " + className(number);
			case HeapExtract.PSEUDO -> "";
			default -> className(number);
		};
	}

	private String className(int number) {
		return this.tally.names.java(this.tally.classes.namePlace(number));
	}

}
