package dev.dumpkeeper.hprof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import dev.dumpkeeper.hprof.HeapContents.BigArray;
import dev.dumpkeeper.hprof.HeapContents.ClassCount;
import dev.dumpkeeper.hprof.HeapContents.LoaderCount;

/**
 * The counters of a heap during its reading.
 */
final class HeapTally {

	/** The number of address bits that compressed references can reach. */
	private static final int COMPRESSED_BITS = 35;

	private static final int[] ELEMENT_BYTES = { 1, 2, 4, 8, 1, 2, 4, 8 };

	private static final int FIRST_TYPE = 4;

	/** Replaces the position of a name for the bootstrap loader. */
	private static final int BOOTSTRAP = -2;

	private static final int CHAR = 5;

	private static final int BYTE = 8;

	final NameTable names = new NameTable();

	final ClassTable classes = new ClassTable(this.names);

	private final ArrayTally arrays = new ArrayTally();

	private final DuplicateArrays duplicates = new DuplicateArrays();

	private final int identifierSize;

	private final long[] primitives = new long[ELEMENT_BYTES.length];

	private final long[] primitiveBytes = new long[ELEMENT_BYTES.length];

	/** The bitwise OR of all identifiers of objects, which are their addresses. */
	private long addresses;

	private long threads;

	HeapTally(int identifierSize) {
		this.identifierSize = identifierSize;
	}

	int identifierSize() {
		return this.identifierSize;
	}

	/**
	 * Returns the size of an element.
	 * @param type of the element, as in the dump
	 * @return bytes; 0 for a type that is not primitive
	 */
	static int elementBytes(int type) {
		int number = type - FIRST_TYPE;
		return (number >= 0 && number < ELEMENT_BYTES.length) ? ELEMENT_BYTES[number] : 0;
	}

	static boolean isText(int type) {
		return type == BYTE || type == CHAR;
	}

	void thread() {
		this.threads++;
	}

	void instance(long id, int number, long bytes) {
		this.addresses |= id;
		this.classes.count(number, id, bytes);
	}

	void objects(long id, int number, long length) {
		this.addresses |= id;
		long bytes = aligned(arrayHeader() + length * referenceBytes());
		this.classes.countArray(number, bytes);
		this.arrays.count(number, length, bytes);
	}

	/**
	 * Counts an array of primitives.
	 * @param type of its elements
	 * @param length how many elements
	 * @return its size
	 */
	long primitives(long id, int type, long length) {
		this.addresses |= id;
		int number = type - FIRST_TYPE;
		long bytes = aligned(arrayHeader() + length * ELEMENT_BYTES[number]);
		this.primitives[number]++;
		this.primitiveBytes[number] += bytes;
		this.arrays.count(-1 - number, length, bytes);
		return bytes;
	}

	void text(byte[] window, int at, int length, long bytes) {
		this.duplicates.count(window, at, length, (int) bytes);
	}

	/** Returns the size of an instance of a class, once all was counted. */
	long instanceBytes(int number) {
		long instances = this.classes.instances(number);
		return (instances == 0 || this.classes.isCountedAsArray(number)) ? 0 : shallow(number) / instances;
	}

	/** Returns the size of an array of objects, once all was counted. */
	long objectArrayBytes(long length) {
		return aligned(arrayHeader() + length * referenceBytes());
	}

	long primitiveArrayBytes(int type, long length) {
		return aligned(arrayHeader() + length * elementBytes(type));
	}

	private boolean compressed() {
		return this.identifierSize == 8 && this.addresses >>> COMPRESSED_BITS == 0;
	}

	private int referenceBytes() {
		return (this.identifierSize == 8 && !compressed()) ? 8 : 4;
	}

	private int header() {
		return (this.identifierSize == 4) ? 8 : 12;
	}

	private int arrayHeader() {
		return (this.identifierSize == 4) ? 12 : 16;
	}

	private static long aligned(long bytes) {
		return (bytes + 7) & -8;
	}

	/**
	 * Computes the size of an instance: in the dump each reference has the size of an
	 * identifier.
	 */
	private long shallow(int number) {
		long instances = this.classes.instances(number);
		if (instances == 0) {
			return 0;
		}
		long fields = (this.classes.bytes(number) + instances - 1) / instances;
		long saved = (long) this.classes.references(number) * (this.identifierSize - referenceBytes());
		return instances * aligned(header() + Math.max(0, fields - saved));
	}

	HeapContents contents(long fileBytes, long dumpBytes, HeapContents.State state, String reason) {
		List<Row> rows = rows();
		long instances = rows.stream().mapToLong(Row::instances).sum();
		long bytes = rows.stream().mapToLong(Row::bytes).sum();
		rows.sort(Comparator.comparingLong(Row::bytes).reversed().thenComparingLong(Row::instances));
		List<Row> kept = rows.subList(0, Math.min(rows.size(), HeapContents.MOST_CLASSES));
		List<ClassCount> counts = kept.stream()
			.map((row) -> new ClassCount(row.name(this.names), row.instances(), row.bytes()))
			.toList();
		List<BigArray> biggest = this.arrays.biggest()
			.stream()
			.map((big) -> new BigArray(name(big.kind()), big.length(), big.bytes()))
			.toList();
		List<LoaderCount> loaders = loaders();
		long loaded = 0;
		for (int i = 0; i < this.classes.size(); i++) {
			loaded += this.classes.isLoaded(i) ? 1 : 0;
		}
		HeapContents contents = new HeapContents(state, reason, fileBytes, dumpBytes, this.identifierSize, compressed(),
				instances, bytes, counts, rows.size() - kept.size(), biggest, this.threads, loaded, loaders,
				this.duplicates.estimate(), List.of(), null);
		List<ArrayTally.Steps> steps = kept.stream().limit(Suspects.EXAMINED).map(this::steps).toList();
		return contents.withSuspects(Suspects.in(contents, steps));
	}

	/**
	 * Describes what was not kept.
	 * @return empty when all was
	 */
	String leftOut() {
		if (this.names.leftOut() == 0 && this.classes.leftOut() == 0) {
			return "";
		}
		return String.format(Locale.ROOT, "%d names and %d classes are beyond what is kept, and counted without a name",
				this.names.leftOut(), this.classes.leftOut());
	}

	private String name(int kind) {
		return (kind < 0) ? ClassNames.PRIMITIVES.get(-1 - kind) + "[]" : this.names.java(this.classes.namePlace(kind));
	}

	private ArrayTally.Steps steps(Row row) {
		ArrayTally.Steps steps = new ArrayTally.Steps();
		this.arrays.kinds().forEach((kind) -> {
			if (row.place() == ((kind < 0) ? kind - 1 : this.classes.namePlace(kind))) {
				steps.add(this.arrays.steps(kind));
			}
		});
		return steps;
	}

	private List<Row> rows() {
		List<Row> rows = new ArrayList<>();
		for (int i = 0; i < this.primitives.length; i++) {
			if (this.primitives[i] > 0) {
				rows.add(new Row(-2 - i, this.primitives[i], this.primitiveBytes[i]));
			}
		}
		long[] byName = new long[this.classes.size()];
		int count = 0;
		for (int i = 0; i < byName.length; i++) {
			if (this.classes.instances(i) > 0) {
				byName[count++] = (long) this.classes.namePlace(i) << 32 | i;
			}
		}
		Arrays.sort(byName, 0, count);
		int from = 0;
		while (from < count) {
			int place = (int) (byName[from] >> 32);
			long instances = 0;
			long bytes = 0;
			while (from < count && (int) (byName[from] >> 32) == place) {
				int number = (int) byName[from];
				instances += this.classes.instances(number);
				bytes += this.classes.isCountedAsArray(number) ? this.classes.bytes(number) : shallow(number);
				from++;
			}
			rows.add(new Row(place, instances, bytes));
		}
		return rows;
	}

	private List<LoaderCount> loaders() {
		int count = this.classes.loaders();
		long[] defined = new long[count + 1];
		for (int i = 0; i < this.classes.size(); i++) {
			if (this.classes.isLoaded(i)) {
				int loader = this.classes.loader(i);
				defined[(loader == LongIndex.NONE) ? count : loader]++;
			}
		}
		long[] byName = new long[count];
		for (int i = 0; i < count; i++) {
			int type = this.classes.loaderClass(i);
			int place = (i == this.classes.bootstrap()) ? BOOTSTRAP
					: (type < 0) ? NameTable.NONE : this.classes.namePlace(type);
			byName[i] = (long) place << 32 | i;
		}
		Arrays.sort(byName);
		List<Row> rows = new ArrayList<>();
		int from = 0;
		while (from < count) {
			int place = (int) (byName[from] >> 32);
			long same = 0;
			long classes = 0;
			while (from < count && (int) (byName[from] >> 32) == place) {
				same++;
				classes += defined[(int) byName[from]];
				from++;
			}
			rows.add(new Row(place, same, classes));
		}
		rows.sort(Comparator.comparingLong(Row::bytes).reversed());
		List<LoaderCount> loaders = new ArrayList<>();
		for (Row row : rows.subList(0, Math.min(rows.size(), HeapContents.MOST_LOADERS))) {
			String name = (row.place() == BOOTSTRAP) ? "(bootstrap)" : this.names.java(row.place());
			loaders.add(new LoaderCount(name, row.instances(), row.bytes()));
		}
		return loaders;
	}

	/**
	 * The classes of one name.
	 *
	 * @param place the position of their name; -2 and less for arrays of primitives
	 * @param instances how many
	 * @param bytes their size; for class loaders the number of classes that they loaded
	 */
	private record Row(int place, long instances, long bytes) {

		String name(NameTable names) {
			return (this.place < NameTable.NONE) ? ClassNames.PRIMITIVES.get(-2 - this.place) + "[]"
					: names.java(this.place);
		}

	}

}
