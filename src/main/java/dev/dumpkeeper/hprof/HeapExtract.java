package dev.dumpkeeper.hprof;

import java.io.IOException;

import dev.dumpkeeper.hprof.Layouts.Layout;
import dev.dumpkeeper.hprof.Layouts.Strength;

/**
 * Records the references between objects while a dump is read: classes, sizes and
 * addresses, but no values. A record consists of the slot of the object, its head, the
 * length of an array, the number of its references if the head is too small for it, and
 * the references.
 */
final class HeapExtract {

	static final int ARRAY = 1 << 18;

	static final int PRIMITIVE = 1 << 19;

	static final int CLASS = 1 << 20;

	/**
	 * The kind of a vertex that stands for a static field, a frame and the like instead
	 * of an object.
	 */
	static final int PSEUDO = 1 << 21;

	/** Masks the number of a class, or of a primitive type, in a kind. */
	static final int NUMBER = ARRAY - 1;

	/** A head consists of a kind and, above it, the number of references. */
	static final int COUNT_SHIFT = 22;

	static final int KIND = (1 << COUNT_SHIFT) - 1;

	/** Marks a head whose number of references is stored separately. */
	static final int MANY = 0x3FF;

	/** The numbers of a root: its type, the object, the thread, the frame. */
	static final int ROOT = 4;

	/** The numbers of a static field: its class, the object, its name in two halves. */
	static final int STATIC = 4;

	final Scratch scratch;

	final AddressMap addresses;

	final IntStore records;

	final IntStore roots;

	final IntStore statics;

	/** Pairs: the reference object and its referent. */
	final IntStore softs;

	final IntStore finals;

	final Layouts layouts;

	private long begun;

	/** The position where the references of the current object are counted. */
	private long counter;

	/** The increment for one reference there. */
	private int one;

	HeapExtract(Scratch scratch, HeapTally tally) {
		this.scratch = scratch;
		this.addresses = new AddressMap(scratch);
		this.records = new IntStore(scratch);
		this.roots = new IntStore(scratch);
		this.statics = new IntStore(scratch);
		this.softs = new IntStore(scratch);
		this.finals = new IntStore(scratch);
		this.layouts = new Layouts(tally);
	}

	/**
	 * Starts an object.
	 * @param id its address
	 * @param kind what it is
	 * @param length of an array
	 * @param most the maximum number of references
	 */
	void begin(long id, int kind, long length, long most) throws IOException, HoldersUnknownException {
		int slot = this.addresses.slot(id);
		this.addresses.mark(slot);
		this.begun = this.records.size();
		this.records.add(slot);
		this.records.add((most >= MANY) ? kind | MANY << COUNT_SHIFT : kind);
		if (hasLength(kind)) {
			this.records.add((int) length);
		}
		this.counter = this.begun + 1;
		this.one = 1 << COUNT_SHIFT;
		if (most >= MANY) {
			this.counter = this.records.size();
			this.one = 1;
			this.records.add(0);
		}
	}

	static boolean hasLength(int head) {
		return (head & (ARRAY | PRIMITIVE | PSEUDO)) != 0;
	}

	void reference(long id) throws IOException, HoldersUnknownException {
		if (id != 0) {
			this.records.add(this.addresses.slot(id));
			this.records.set(this.counter, this.records.get(this.counter) + this.one);
		}
	}

	void referent(Layout layout, long id) throws IOException, HoldersUnknownException {
		if (id != 0 && layout.strength() != Strength.WEAK) {
			IntStore store = (layout.strength() == Strength.SOFT) ? this.softs : this.finals;
			store.add(this.records.get(this.begun));
			store.add(this.addresses.slot(id));
		}
	}

	void staticField(int number, long nameId, long id) throws IOException, HoldersUnknownException {
		if (id != 0) {
			this.statics.add(number);
			this.statics.add(this.addresses.slot(id));
			this.statics.add((int) (nameId >>> 32));
			this.statics.add((int) nameId);
		}
	}

	void root(int tag, long id, int thread, int frame) throws IOException, HoldersUnknownException {
		if (id != 0) {
			this.roots.add(tag);
			this.roots.add(this.addresses.slot(id));
			this.roots.add(thread);
			this.roots.add(frame);
		}
	}

}
