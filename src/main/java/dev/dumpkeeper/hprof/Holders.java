package dev.dumpkeeper.hprof;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What holds a heap: who would free how much by letting go.
 *
 * @param unknown why that is not known, in a few English words; empty when it is
 * @param holders who holds 1 % and more, the most first, at most {@value #MOST}
 */
public record Holders(String unknown, List<Holder> holders) {

	/** So many are told. */
	public static final int MOST = 10;

	private static final int TELLING = 50;

	public Holders {
		holders = List.copyOf(holders);
	}

	static Holders unknown(String reason) {
		return new Holders(reason, List.of());
	}

	/**
	 * The same in one English sentence.
	 * @return without a full stop
	 */
	public String sentence() {
		if (!this.unknown.isEmpty()) {
			return "who holds it is not known: " + this.unknown;
		}
		return telling().map(Holder::sentence).orElse("nothing holds 5 % or more by itself");
	}

	/**
	 * The first of them where it says more than the classes do.
	 * @return who holds most; empty when that is less than 5 %
	 */
	public Optional<Holder> telling() {
		return this.holders.stream().findFirst().filter((holder) -> holder.permille() >= TELLING);
	}

	/** What a holder is. */
	public enum Kind {

		/** A static field of a class. */
		STATIC_FIELD,

		/** The local variables of one frame of a thread; nothing else holds it. */
		LOCAL_VARIABLE,

		/** One object that several hold, or the JVM, or one that has a class loader. */
		OBJECT,

		/** The objects of one class together; no single one does. */
		GROUP,

		/** Soft references and nothing else. */
		SOFT_REFERENCES,

		/** What waits for finalization and is held by nothing else. */
		FINALIZATION

	}

	/**
	 * One holder.
	 *
	 * @param kind what it is
	 * @param name of the static field with its class, of the method, or of the class
	 * @param diedThere for {@link Kind#LOCAL_VARIABLE} whether its thread is the one that
	 * ran out of memory
	 * @param permille of the heap's bytes
	 * @param bytes how much would be free without it
	 * @param count how many objects: 1 unless it is a group
	 * @param path the classes that lead to what it holds, without the holder
	 */
	public record Holder(Kind kind, String name, boolean diedThere, int permille, long bytes, long count,
			List<Step> path) {

		public Holder {
			path = List.copyOf(path);
		}

		/**
		 * The same in one English sentence.
		 * @return without a full stop
		 */
		public String sentence() {
			String share = share(this.permille);
			String held = switch (this.kind) {
				case STATIC_FIELD -> "the static field " + this.name + " holds " + share + " of the heap";
				case LOCAL_VARIABLE -> share + " of the heap is held only by a local variable"
						+ (this.name.isEmpty() ? "" : " in " + this.name)
						+ (this.diedThere ? " of the thread that ran out of memory" : " of a thread");
				case OBJECT -> "one object of " + this.name + " holds " + share + " of the heap";
				case GROUP -> String.format(Locale.ROOT, "%,d objects of %s together hold %s of the heap", this.count,
						this.name, share);
				case SOFT_REFERENCES -> share + " of the heap is held only by soft references";
				case FINALIZATION -> share + " of the heap waits for finalization";
			};
			return this.path.isEmpty() ? held
					: held + ", through " + String.join(" -> ", this.path.stream().map(Step::text).toList());
		}

	}

	/**
	 * A class on the way.
	 *
	 * @param name the class
	 * @param objects how many of its objects are on the way
	 * @param oneBytes what one of them holds where that is most of all; otherwise 0
	 */
	public record Step(String name, long objects, long oneBytes) {

		String text() {
			return (this.objects == 1) ? this.name
					: (this.oneBytes > 0) ? String.format(Locale.ROOT, "one of %,d %s", this.objects, this.name)
							: String.format(Locale.ROOT, "%s (%,d)", this.name, this.objects);
		}

	}

	/**
	 * Writes a share.
	 * @param permille the share
	 * @return such as {@code 99.5 %}
	 */
	public static String share(int permille) {
		return String.format(Locale.ROOT, "%d.%d %%", permille / 10, permille % 10);
	}

}
