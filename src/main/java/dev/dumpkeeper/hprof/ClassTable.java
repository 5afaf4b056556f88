package dev.dumpkeeper.hprof;

import java.util.Arrays;

/**
 * The classes of a dump with their instances, each class under a number, up to a limit.
 * Further classes share one number without a name.
 */
final class ClassTable {

	/** The maximum number of classes that are counted separately. */
	static final int MOST = 130_000;

	/** The maximum number of class loaders that are counted separately. */
	static final int MOST_LOADERS = 65_000;

	/** No hierarchy is this deep; a deeper one may be a cycle. */
	private static final int DEEPEST = 100;

	private static final byte UNSEEN = 0;

	private static final byte ORDINARY = 1;

	private static final byte LOADER = 2;

	private static final byte ARRAY = 3;

	private final NameTable names;

	/** The last number, {@link #MOST}, is for the classes beyond the limit. */
	private final LongIndex index = new LongIndex(256, MOST);

	private final LongIndex loaders = new LongIndex(64, MOST_LOADERS);

	private int[] namePlaces = filled(256);

	private long[] supers = new long[256];

	private long[] definedBy = new long[256];

	/** How many reference fields a class adds; -1 for an undefined one. */
	private int[] references = filled(256);

	private byte[] kinds = new byte[256];

	/** Two for each class: its instances, and their bytes in the dump. */
	private long[] counts = new long[512];

	/** The class of each loader, by number; -1 if it was not found. */
	private int[] loaderClasses = filled(64);

	private long classLoader;

	private long leftOut;

	private long lastId;

	private int last = LongIndex.NONE;

	ClassTable(NameTable names) {
		this.names = names;
	}

	/**
	 * Returns the superclass of a class.
	 * @param number the number of the class
	 * @return its number; -1 for the topmost; {@link #MOST} if it is not known
	 */
	int superNumber(int number) {
		if (this.supers[number] == 0) {
			return -1;
		}
		int above = this.index.find(this.supers[number]);
		return (above == LongIndex.NONE) ? MOST : above;
	}

	private static int[] filled(int length) {
		int[] filled = new int[length];
		Arrays.fill(filled, -1);
		return filled;
	}

	/**
	 * Returns the number of a class.
	 * @param id its identifier
	 * @return from 0; {@link #MOST} for every class beyond the limit
	 */
	int number(long id) {
		if (id == this.lastId && this.last != LongIndex.NONE) {
			return this.last;
		}
		int number = this.index.add(id);
		if (number == LongIndex.NONE) {
			number = MOST;
		}
		if (number >= this.kinds.length) {
			grow(number);
		}
		this.lastId = id;
		this.last = number;
		return number;
	}

	private void grow(int number) {
		int before = this.kinds.length;
		int length = Math.max(number + 1, Math.min(2 * before, MOST + 1));
		this.namePlaces = Arrays.copyOf(this.namePlaces, length);
		Arrays.fill(this.namePlaces, before, length, NameTable.NONE);
		this.supers = Arrays.copyOf(this.supers, length);
		this.definedBy = Arrays.copyOf(this.definedBy, length);
		this.references = Arrays.copyOf(this.references, length);
		Arrays.fill(this.references, before, length, -1);
		this.kinds = Arrays.copyOf(this.kinds, length);
		this.counts = Arrays.copyOf(this.counts, 2 * length);
	}

	void name(long id, long nameId) {
		int number = number(id);
		if (number == MOST) {
			this.leftOut++;
			return;
		}
		if (this.namePlaces[number] == NameTable.NONE) {
			this.namePlaces[number] = this.names.place(nameId);
			if (this.classLoader == 0 && this.names.isClassLoader(this.namePlaces[number])) {
				this.classLoader = id;
			}
		}
	}

	void define(long id, long superId, long loaderId, int references) {
		int number = number(id);
		if (number == MOST) {
			this.leftOut++;
			return;
		}
		this.supers[number] = superId;
		this.definedBy[number] = loaderId;
		this.references[number] = references;
		growLoaders(this.loaders.add(loaderId));
	}

	private void growLoaders(int loader) {
		if (loader >= this.loaderClasses.length) {
			int before = this.loaderClasses.length;
			this.loaderClasses = Arrays.copyOf(this.loaderClasses, 2 * before);
			Arrays.fill(this.loaderClasses, before, 2 * before, -1);
		}
	}

	/**
	 * Counts an object.
	 * @param number the number of its class
	 * @param id its identifier
	 * @param bytes its bytes in the dump
	 */
	void count(int number, long id, long bytes) {
		this.counts[2 * number]++;
		this.counts[2 * number + 1] += bytes;
		if (this.kinds[number] != ORDINARY) {
			classify(number, id);
		}
	}

	/**
	 * Counts an array of objects.
	 * @param number the number of its class
	 * @param bytes its size
	 */
	void countArray(int number, long bytes) {
		this.counts[2 * number]++;
		this.counts[2 * number + 1] += bytes;
		if (this.kinds[number] == UNSEEN) {
			this.kinds[number] = ARRAY;
		}
	}

	/**
	 * Returns what {@link #bytes} of a class measures.
	 * @param number the number of the class
	 * @return {@code true} when its instances are arrays
	 */
	boolean isCountedAsArray(int number) {
		return this.kinds[number] == ARRAY;
	}

	private void classify(int number, long id) {
		if (this.kinds[number] == UNSEEN) {
			this.kinds[number] = isLoader(number) ? LOADER : ORDINARY;
		}
		if (this.kinds[number] == LOADER) {
			int loader = this.loaders.find(id);
			if (loader != LongIndex.NONE) {
				this.loaderClasses[loader] = number;
			}
		}
	}

	private boolean isLoader(int number) {
		int at = number;
		for (int depth = 0; depth < DEEPEST && at != LongIndex.NONE && this.classLoader != 0; depth++) {
			if (this.supers[at] == this.classLoader) {
				return true;
			}
			at = this.index.find(this.supers[at]);
		}
		return false;
	}

	/**
	 * Returns how many references an instance has.
	 * @param number the number of its class
	 * @return including those of its superclasses, as far as these are known
	 */
	int references(int number) {
		int sum = 0;
		int at = number;
		for (int depth = 0; depth < DEEPEST && at != LongIndex.NONE; depth++) {
			sum += Math.max(0, this.references[at]);
			at = (this.supers[at] == 0) ? LongIndex.NONE : this.index.find(this.supers[at]);
		}
		return sum;
	}

	/**
	 * Returns how many numbers there are.
	 * @return a number above all others, including that of the classes beyond the limit
	 */
	int size() {
		return Math.min(this.kinds.length, MOST + 1);
	}

	long instances(int number) {
		return this.counts[2 * number];
	}

	long bytes(int number) {
		return this.counts[2 * number + 1];
	}

	/**
	 * Returns where the name of a class is stored.
	 * @param number the number of the class
	 * @return the position in the table of names
	 */
	int namePlace(int number) {
		return this.namePlaces[number];
	}

	/**
	 * Returns whether a class was loaded and is not that of an array.
	 * @param number the number of the class
	 * @return {@code true} when the dump defines it
	 */
	boolean isLoaded(int number) {
		return this.references[number] >= 0 && !this.names.isArray(this.namePlaces[number]);
	}

	/**
	 * Returns the loader of a class.
	 * @param number the number of the class
	 * @return its number, or {@link LongIndex#NONE} beyond the limit
	 */
	int loader(int number) {
		return this.loaders.find(this.definedBy[number]);
	}

	/**
	 * Returns the bootstrap loader.
	 * @return its number, or {@link LongIndex#NONE}
	 */
	int bootstrap() {
		return this.loaders.find(0);
	}

	int loaders() {
		return this.loaders.size();
	}

	/**
	 * Returns the class of a loader.
	 * @param loader the number of the loader
	 * @return the number of its class, or -1
	 */
	int loaderClass(int loader) {
		return this.loaderClasses[loader];
	}

	/**
	 * Returns how much was beyond the limit.
	 * @return the number of names and definitions of such classes
	 */
	long leftOut() {
		return this.leftOut;
	}

}
