package dev.dumpkeeper.hprof;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is on a heap: names, counts and sizes, and no value of any object. What was
 * counted up to there stands here also when the reading ended early.
 *
 * @param state how the reading ended
 * @param reason why, in a few English words; may also say of a whole dump what was left
 * out; never a byte out of the heap
 * @param fileBytes how much of the file was read
 * @param dumpBytes how much of the dump was gone through, which is more where it is
 * compressed
 * @param identifierSize 4 or 8 bytes; 0 when the header was not read
 * @param compressedReferences whether references are taken to have 4 bytes on a heap
 * whose identifiers have 8
 * @param instances how many objects, arrays with them
 * @param shallowBytes their size, see {@link ClassCount}
 * @param classes the classes that have most of it, by bytes, at most
 * {@value #MOST_CLASSES}; classes of one name are one
 * @param classesLeftOut how many classes more have instances
 * @param biggestArrays the biggest arrays, at most {@value #MOST_ARRAYS}
 * @param threads how many threads were alive, as the dump's roots tell
 * @param loadedClasses how many classes were loaded, without those of arrays
 * @param loaders which class loaders loaded them, by classes, at most
 * {@value #MOST_LOADERS}
 * @param repeated what strings that are there more than once take, an estimate
 * @param suspects what stands out, the worst first
 * @param holders who holds it; {@code null} where that was not looked for
 */
public record HeapContents(State state, String reason, long fileBytes, long dumpBytes, int identifierSize,
		boolean compressedReferences, long instances, long shallowBytes, List<ClassCount> classes, long classesLeftOut,
		List<BigArray> biggestArrays, long threads, long loadedClasses, List<LoaderCount> loaders, Repeated repeated,
		List<Suspect> suspects, @Nullable Holders holders) {

	/** So many classes are told. */
	public static final int MOST_CLASSES = 2000;

	/** So many arrays are told. */
	public static final int MOST_ARRAYS = 10;

	/** So many classes of class loaders are told. */
	public static final int MOST_LOADERS = 10;

	/** Opens such a file and computes retained sizes, which this reading does not. */
	public static final String TOOLS = "Eclipse MAT or VisualVM (retained sizes), hprof-slurp (histogram)";

	public HeapContents {
		if (state != State.WHOLE && reason.isEmpty()) {
			throw new IllegalArgumentException(state + " needs a reason");
		}
		classes = List.copyOf(classes);
		biggestArrays = List.copyOf(biggestArrays);
		loaders = List.copyOf(loaders);
		suspects = List.copyOf(suspects);
	}

	/**
	 * Contents of a dump of which no object was counted.
	 * @param state why not
	 * @param reason the same in a few English words
	 * @param fileBytes how much of the file was read
	 * @return contents whose counts are all 0
	 */
	public static HeapContents nothing(State state, String reason, long fileBytes) {
		return new HeapContents(state, reason, fileBytes, 0, 0, false, 0, 0, List.of(), 0, List.of(), 0, 0, List.of(),
				Repeated.NONE, List.of(), null);
	}

	/**
	 * Whether there is something to show.
	 * @return {@code true} when objects were counted, be it only in the front of the heap
	 */
	public boolean hasObjects() {
		return this.instances > 0;
	}

	/**
	 * The same with fewer classes, for where room is scarce.
	 * @param most how many classes to keep
	 * @return contents whose left-out classes are counted
	 */
	public HeapContents withMostClasses(int most) {
		if (this.classes.size() <= most) {
			return this;
		}
		return with(this.classes.subList(0, most), this.classesLeftOut + this.classes.size() - most, this.suspects,
				this.holders);
	}

	HeapContents withSuspects(List<Suspect> suspects) {
		return with(this.classes, this.classesLeftOut, suspects, this.holders);
	}

	HeapContents withHolders(Holders holders) {
		return with(this.classes, this.classesLeftOut, this.suspects, holders);
	}

	private HeapContents with(List<ClassCount> classes, long classesLeftOut, List<Suspect> suspects,
			@Nullable Holders holders) {
		return new HeapContents(this.state, this.reason, this.fileBytes, this.dumpBytes, this.identifierSize,
				this.compressedReferences, this.instances, this.shallowBytes, classes, classesLeftOut,
				this.biggestArrays, this.threads, this.loadedClasses, this.loaders, this.repeated, suspects, holders);
	}

	/**
	 * The suspects in one English sentence.
	 * @return without a full stop; empty when nothing was counted
	 */
	public String sentence() {
		if (this.suspects.isEmpty()) {
			return "";
		}
		if (this.holders != null && this.holders.telling().isPresent()) {
			return this.holders.sentence() + "; " + this.suspects.get(0).sentence();
		}
		String all = String.join("; ", this.suspects.stream().map(Suspect::sentence).toList());
		return (this.state == State.WHOLE) ? all : "as far as it was read: " + all;
	}

	/** How a reading ended. */
	public enum State {

		/** The whole dump was read. */
		WHOLE,

		/** The file ends within the dump. */
		TRUNCATED,

		/** Something else, or no bytes. */
		NOT_A_DUMP,

		/** What was read up to there makes sense, what follows does not. */
		BROKEN,

		/** The bytes or the time for it were used up. */
		OVER_BUDGET,

		/**
		 * It could not be read to its end. That says "not yet", never that it is broken.
		 */
		NOT_READABLE

	}

	/**
	 * The instances of a class.
	 *
	 * @param name as Java writes it, such as {@code byte[]}
	 * @param instances how many
	 * @param shallowBytes what they take on the heap of HotSpot, header and padding
	 * included, without what they refer to. Not in the dump but computed from the fields
	 * and the size of references; padding that HotSpot leaves between fields, and fields
	 * that only the JVM knows, are not seen.
	 */
	public record ClassCount(String name, long instances, long shallowBytes) {
	}

	/**
	 * One array.
	 *
	 * @param name its class as Java writes it, such as {@code byte[]}
	 * @param length how many elements
	 * @param shallowBytes what it takes, without what its elements refer to
	 */
	public record BigArray(String name, long length, long shallowBytes) {
	}

	/**
	 * The class loaders of one class.
	 *
	 * @param name the class of the loaders as Java writes it; {@code (bootstrap)} for the
	 * JVM's own
	 * @param loaders how many there are
	 * @param classes how many classes they loaded, without those of arrays
	 */
	public record LoaderCount(String name, long loaders, long classes) {
	}

	/**
	 * Strings that are there more than once, estimated from a sample of the arrays that
	 * strings are made of: {@code byte[]} and {@code char[]} of up to 1 KiB with the same
	 * bytes.
	 *
	 * @param arrays how many could go if each value were there once
	 * @param bytes what these take
	 */
	public record Repeated(long arrays, long bytes) {

		/** Nothing is known, or there is none. */
		public static final Repeated NONE = new Repeated(0, 0);

	}

	/**
	 * Something that stands out.
	 *
	 * @param kind what it is
	 * @param name the class of objects, arrays or loaders; empty for the kinds without
	 * @param percent of the heap's bytes; 0 for the kinds that are not about bytes
	 * @param count how many instances, arrays, threads or classes
	 * @param bytes the bytes of these; 0 for the kinds that are not about bytes
	 * @param overBytes for {@link SuspectKind#BIG_ARRAYS} the size that each exceeds; 0
	 * otherwise
	 * @param sentence the same in English, without a full stop
	 */
	public record Suspect(SuspectKind kind, String name, int percent, long count, long bytes, long overBytes,
			String sentence) {
	}

	/** Kinds of what stands out. */
	public enum SuspectKind {

		/** A few big arrays of one class. */
		BIG_ARRAYS,

		/** The instances of one class, or its arrays. */
		INSTANCES,

		/** Very many threads. */
		THREADS,

		/** Very many classes, or class loaders. */
		CLASSES,

		/** Strings that are there more than once. */
		REPEATED_STRINGS

	}

}
