package dev.dumpkeeper.hprof;

import java.io.IOException;

import dev.dumpkeeper.hprof.Layouts.Layout;
import dev.dumpkeeper.hprof.Layouts.Strength;

/**
 * Writes down who refers to whom while a dump is read: classes, sizes and addresses, and
 * no values. A record is the place of the object, its head, the length of an array, the
 * number of its references where the head has no room for it, and these.
 */
final class HeapExtract {

	static final int ARRAY = 1 << 18;

	static final int PRIMITIVE = 1 << 19;

	static final int CLASS = 1 << 20;

	/** No object but what stands for a static field, a frame and the like. */
	static final int PSEUDO = 1 << 21;

	/** The number of a class, or of a primitive type, in a kind. */
	static final int NUMBER = ARRAY - 1;

	/** A head is a kind, and above it the number of references. */
	static final int COUNT_SHIFT = 22;

	static final int KIND = (1 << COUNT_SHIFT) - 1;

	/** Says in a head that the number of references has a place of its own. */
	static final int MANY = 0x3FF;

	/** A root's numbers: what it is, the object, the thread, the frame. */
	static final int ROOT = 4;

	/** A static field's numbers: its class, the object, its name in two halves. */
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

	/** Where the references of what was begun are counted. */
	private long counter;

	/** What stands for one reference there. */
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
	 * Begins an object.
	 * @param id its address
	 * @param kind what it is
	 * @param length of an array
	 * @param most how many references may follow
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
