package dev.dumpkeeper.hprof;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The positions of the references in an instance.
 */
final class Layouts {

	private static final int DEEPEST = 100;

	/** The maximum number of references of all classes. */
	private static final int MOST = 4_000_000;

	private static final String REFERENCE = "java.lang.ref.Reference";

	private final HeapTally tally;

	private final Map<Integer, Own> own = new HashMap<>();

	private final Map<Integer, Layout> whole = new HashMap<>();

	private int kept;

	private int[] offsets = new int[16];

	private int count;

	private int bytes;

	private int referent = -1;

	private boolean isReference;

	private int lastNumber = -1;

	private @Nullable Layout last;

	Layouts(HeapTally tally) {
		this.tally = tally;
	}

	void begin(int number) {
		this.count = 0;
		this.bytes = 0;
		this.referent = -1;
		this.isReference = name(number).equals(REFERENCE);
	}

	/**
	 * Adds a field to the current class.
	 * @param nameId the identifier of its name
	 * @param size in bytes
	 * @param object whether it holds a reference
	 */
	void field(long nameId, int size, boolean object) {
		int at = this.bytes;
		this.bytes += size;
		if (!object) {
			return;
		}
		if (this.isReference) {
			String name = this.tally.names.java(this.tally.names.place(nameId));
			if (name.equals("referent")) {
				this.referent = at;
				return;
			}
			if (name.equals("discovered")) {
				return;
			}
		}
		if (this.count == this.offsets.length) {
			this.offsets = Arrays.copyOf(this.offsets, 2 * this.count);
		}
		this.offsets[this.count++] = at;
	}

	void end(int number) throws HoldersUnknownException {
		keep(this.count);
		this.own.put(number, new Own(Arrays.copyOf(this.offsets, this.count), this.bytes, this.referent));
	}

	private void keep(int more) throws HoldersUnknownException {
		this.kept += more + 8;
		if (this.kept > MOST) {
			throw new HoldersUnknownException("its classes have too many fields");
		}
	}

	/**
	 * Returns the layout of a class and its superclasses.
	 * @param number the number of the class
	 * @throws HoldersUnknownException when one of them has not been defined before
	 */
	Layout of(int number) throws HoldersUnknownException {
		Layout layout = this.last;
		if (number == this.lastNumber && layout != null) {
			return layout;
		}
		layout = this.whole.get(number);
		if (layout == null) {
			layout = make(number);
			keep(layout.offsets().length);
			this.whole.put(number, layout);
		}
		this.lastNumber = number;
		this.last = layout;
		return layout;
	}

	private Layout make(int number) throws HoldersUnknownException {
		int[] all = new int[16];
		int found = 0;
		int before = 0;
		int referentAt = -1;
		Strength strength = Strength.WEAK;
		int at = number;
		for (int depth = 0; at >= 0; depth++) {
			Own part = this.own.get(at);
			if (part == null || at == ClassTable.MOST || depth > DEEPEST) {
				throw new HoldersUnknownException("an object comes before its class");
			}
			for (int offset : part.offsets()) {
				if (found == all.length) {
					all = Arrays.copyOf(all, 2 * found);
				}
				all[found++] = before + offset;
			}
			if (part.referent() >= 0) {
				referentAt = before + part.referent();
			}
			String name = name(at);
			strength = name.equals("java.lang.ref.SoftReference") ? Strength.SOFT
					: name.equals("java.lang.ref.FinalReference") ? Strength.FINAL : strength;
			before += part.bytes();
			at = this.tally.classes.superNumber(at);
		}
		int[] sorted = Arrays.copyOf(all, found);
		Arrays.sort(sorted);
		return new Layout(sorted, referentAt, strength);
	}

	private String name(int number) {
		return this.tally.names.java(this.tally.classes.namePlace(number));
	}

	/** The strength of a reference. */
	enum Strength {

		WEAK, SOFT, FINAL

	}

	/** The layout of a class without its superclasses. */
	@SuppressWarnings("ArrayRecordComponent")
	private record Own(int[] offsets, int bytes, int referent) {
	}

	/**
	 * The layout of a class.
	 *
	 * @param offsets where its references are, in order, without referent and discovered
	 * @param referent where its referent is, or -1
	 * @param strength of its referent
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Layout(int[] offsets, int referent, Strength strength) {
	}

}
