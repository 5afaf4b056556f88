package dev.dumpkeeper.hprof;

import java.util.Arrays;

/**
 * The classes of a dump with their instances, each class under a number, up to a bound.
 * Those beyond it share one that has no name.
 */
final class ClassTable {

	/** So many classes are told apart. */
	static final int MOST = 130_000;

	/** So many class loaders are told apart. */
	static final int MOST_LOADERS = 65_000;

	/** So deep is no hierarchy; one that is deeper may be a circle. */
	private static final int DEEPEST = 100;

	private static final byte UNSEEN = 0;

	private static final byte ORDINARY = 1;

	private static final byte LOADER = 2;

	private static final byte ARRAY = 3;

	private final NameTable names;

	/** The last number, {@link #MOST}, is for the classes beyond the bound. */
	private final LongIndex index = new LongIndex(256, MOST);

	private final LongIndex loaders = new LongIndex(64, MOST_LOADERS);

	private int[] namePlaces = filled(256);

	private long[] supers = new long[256];

	private long[] definedBy = new long[256];

	/** How many fields with references a class adds; -1 for one that is not defined. */
	private int[] references = filled(256);

	private byte[] kinds = new byte[256];

	/** Two for each class: instances, and the bytes that the dump has of them. */
	private long[] counts = new long[512];

	/** The class of each loader, by number; -1 where it was not seen. */
	private int[] loaderClasses = filled(64);

	private long classLoader;

	private long leftOut;

	private long lastId;

	private int last = LongIndex.NONE;

	ClassTable(NameTable names) {
		this.names = names;
	}

	/**
	 * The class above another.
	 * @param number the number of the class
	 * @return its number; -1 for the topmost; {@link #MOST} where it is not known
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
	 * The number of a class.
	 * @param id its identifier
	 * @return from 0 on; {@link #MOST} for every one beyond the bound
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
	 * @param bytes what the dump has of it
	 */
	void count(int number, long id, long bytes) {
		this.counts[2 * number]++;
		this.counts[2 * number + 1] += bytes;
		if (this.kinds[number] != ORDINARY) {
			look(number, id);
		}
	}

	/**
	 * Counts an array of objects.
	 * @param number the number of its class
	 * @param bytes what it takes
	 */
	void countArray(int number, long bytes) {
		this.counts[2 * number]++;
		this.counts[2 * number + 1] += bytes;
		if (this.kinds[number] == UNSEEN) {
			this.kinds[number] = ARRAY;
		}
	}

	/**
	 * What {@link #bytes} of a class are.
	 * @param number the number of the class
	 * @return {@code true} when its instances are arrays
	 */
	boolean isCountedAsArray(int number) {
		return this.kinds[number] == ARRAY;
	}

	private void look(int number, long id) {
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
	 * How many references an instance has.
	 * @param number the number of its class
	 * @return those of all classes above it too, as far as these are known
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
	 * How many numbers there are.
	 * @return all numbers are less, that of the classes beyond the bound too
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
	 * Where the name of a class is kept.
	 * @param number the number of the class
	 * @return the place in the table of names
	 */
	int namePlace(int number) {
		return this.namePlaces[number];
	}

	/**
	 * Whether a class was loaded and is no array's.
	 * @param number the number of the class
	 * @return {@code true} when the dump defines it
	 */
	boolean isLoaded(int number) {
		return this.references[number] >= 0 && !this.names.isArray(this.namePlaces[number]);
	}

	/**
	 * The loader of a class.
	 * @param number the number of the class
	 * @return its number, or {@link LongIndex#NONE} for those beyond the bound
	 */
	int loader(int number) {
		return this.loaders.find(this.definedBy[number]);
	}

	/**
	 * The loader that is the JVM itself.
	 * @return its number, or {@link LongIndex#NONE}
	 */
	int bootstrap() {
		return this.loaders.find(0);
	}

	int loaders() {
		return this.loaders.size();
	}

	/**
	 * The class of a loader.
	 * @param loader the number of the loader
	 * @return the number of its class, or -1
	 */
	int loaderClass(int loader) {
		return this.loaderClasses[loader];
	}

	/**
	 * What was not told apart.
	 * @return how many names and definitions were of classes beyond the bound
	 */
	long leftOut() {
		return this.leftOut;
	}

}
