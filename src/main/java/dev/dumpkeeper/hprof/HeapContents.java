package dev.dumpkeeper.hprof;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The content of a heap: names, counts and sizes, without any value of an object. A
 * reading that ended early contains what was counted until then.
 *
 * @param state how the reading ended
 * @param reason why, in a few English words; may also name omissions of a complete
 * reading; never contains bytes from the heap
 * @param fileBytes how much of the file was read
 * @param dumpBytes how much of the dump was processed, which is more than that for a
 * compressed one
 * @param identifierSize 4 or 8 bytes; 0 when the header was not read
 * @param compressedReferences whether references are assumed to have 4 bytes on a heap
 * whose identifiers have 8
 * @param instances how many objects, including arrays
 * @param shallowBytes their size, see {@link ClassCount}
 * @param classes the classes with the most bytes, at most {@value #MOST_CLASSES}; classes
 * of the same name are combined
 * @param classesLeftOut how many further classes have instances
 * @param biggestArrays the biggest arrays, at most {@value #MOST_ARRAYS}
 * @param threads how many threads were alive, according to the dump's roots
 * @param loadedClasses how many classes were loaded, without those of arrays
 * @param loaders which class loaders loaded them, by classes, at most
 * {@value #MOST_LOADERS}
 * @param repeated the estimated size of duplicate strings
 * @param suspects notable findings, the worst first
 * @param holders who holds it; {@code null} if that was not searched for
 */
public record HeapContents(State state, String reason, long fileBytes, long dumpBytes, int identifierSize,
		boolean compressedReferences, long instances, long shallowBytes, List<ClassCount> classes, long classesLeftOut,
		List<BigArray> biggestArrays, long threads, long loadedClasses, List<LoaderCount> loaders, Repeated repeated,
		List<Suspect> suspects, @Nullable Holders holders) {

	/** The maximum number of classes. */
	public static final int MOST_CLASSES = 2000;

	/** The maximum number of arrays. */
	public static final int MOST_ARRAYS = 10;

	/** The maximum number of classes of class loaders. */
	public static final int MOST_LOADERS = 10;

	/**
	 * Tools that open such a file and compute retained sizes, which this reading does
	 * not.
	 */
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
	 * Creates the contents of a dump without counted objects.
	 * @param state why not
	 * @param reason an explanation in a few English words
	 * @param fileBytes how much of the file was read
	 * @return contents whose counts are all 0
	 */
	public static HeapContents nothing(State state, String reason, long fileBytes) {
		return new HeapContents(state, reason, fileBytes, 0, 0, false, 0, 0, List.of(), 0, List.of(), 0, 0, List.of(),
				Repeated.NONE, List.of(), null);
	}

	/**
	 * Returns whether there is something to show.
	 * @return {@code true} when objects were counted, even if only at the start of the
	 * heap
	 */
	public boolean hasObjects() {
		return this.instances > 0;
	}

	/**
	 * Returns a copy with fewer classes, to save space.
	 * @param most how many classes to keep
	 * @return contents whose omitted classes are counted
	 */
	public HeapContents withMostClasses(int most) {
		if (this.classes.size() <= most) {
			return this;
		}
		return with(this.classes.subList(0, most), this.classesLeftOut + this.classes.size() - most, this.suspects,
				this.holders);
	}

	/**
	 * Compares with an earlier heap of the same workload.
	 * @param earlier the earlier one
	 * @return these contents; holders that are listed there, too, with their share of
	 * that time
	 */
	public HeapContents since(HeapContents earlier) {
		Holders before = earlier.holders();
		return (this.holders != null && before != null) ? withHolders(this.holders.since(before)) : this;
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
	 * Describes the suspects in one English sentence.
	 * @return without a full stop; empty when nothing was counted
	 */
	public String sentence() {
		if (this.suspects.isEmpty()) {
			return "";
		}
		if (this.holders != null && this.holders.significant().isPresent()) {
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

		/** The data up to some point is valid, the following data is not. */
		BROKEN,

		/** The budget of bytes or time was used up. */
		OVER_BUDGET,

		/**
		 * It could not be read to its end yet, which does not mean that the dump is
		 * damaged.
		 */
		NOT_READABLE

	}

	/**
	 * The instances of a class.
	 *
	 * @param name in Java notation, such as {@code byte[]}
	 * @param instances how many
	 * @param shallowBytes their size on a HotSpot heap, including header and padding,
	 * without the objects that they refer to. Computed from the fields and the size of
	 * references, since dumps do not contain it; padding between fields, and fields
	 * internal to the JVM, are ignored.
	 */
	public record ClassCount(String name, long instances, long shallowBytes) {
	}

	/**
	 * One array.
	 *
	 * @param name its class in Java notation, such as {@code byte[]}
	 * @param length how many elements
	 * @param shallowBytes its size, without the objects that its elements refer to
	 */
	public record BigArray(String name, long length, long shallowBytes) {
	}

	/**
	 * The class loaders of one class.
	 *
	 * @param name the class of the loaders in Java notation; {@code (bootstrap)} for the
	 * JVM's own
	 * @param loaders how many there are
	 * @param classes how many classes they loaded, without those of arrays
	 */
	public record LoaderCount(String name, long loaders, long classes) {
	}

	/**
	 * Duplicate strings, estimated from a sample of the arrays that strings consist of:
	 * {@code byte[]} and {@code char[]} of up to 1 KiB with the same bytes.
	 *
	 * @param arrays how many would be saved if each value existed once
	 * @param bytes the size of these
	 */
	public record Repeated(long arrays, long bytes) {

		/** Unknown, or no duplicates. */
		public static final Repeated NONE = new Repeated(0, 0);

	}

	/**
	 * A notable finding.
	 *
	 * @param kind what it is
	 * @param name the class of objects, arrays or loaders; empty for the kinds without
	 * @param percent the share of the heap's bytes; 0 for kinds that are not measured in
	 * bytes
	 * @param count how many instances, arrays, threads or classes
	 * @param bytes their size; 0 for kinds that are not measured in bytes
	 * @param overBytes for {@link SuspectKind#BIG_ARRAYS} the size that each exceeds; 0
	 * otherwise
	 * @param sentence a description in English, without a full stop
	 */
	public record Suspect(SuspectKind kind, String name, int percent, long count, long bytes, long overBytes,
			String sentence) {
	}

	/** The kinds of findings. */
	public enum SuspectKind {

		/** A few big arrays of one class. */
		BIG_ARRAYS,

		/** The instances of one class, or its arrays. */
		INSTANCES,

		/** A large number of threads. */
		THREADS,

		/** A large number of classes, or class loaders. */
		CLASSES,

		/** Duplicate strings. */
		REPEATED_STRINGS

	}

}
