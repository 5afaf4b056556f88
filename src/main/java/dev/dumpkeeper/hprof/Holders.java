package dev.dumpkeeper.hprof;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Who holds a heap: how much each holder would free by releasing its references.
 *
 * @param unknown why that is not known, in a few English words; empty when it is
 * @param holders who holds 1 % or more, the largest first, at most {@value #MOST}
 */
public record Holders(String unknown, List<Holder> holders) {

	/** The maximum number of holders. */
	public static final int MOST = 10;

	private static final int TELLING = 50;

	public Holders {
		holders = List.copyOf(holders);
	}

	static Holders unknown(String reason) {
		return new Holders(reason, List.of());
	}

	/**
	 * Describes the holders in one English sentence.
	 * @return without a full stop
	 */
	public String sentence() {
		if (!this.unknown.isEmpty()) {
			return "who holds it is not known: " + this.unknown;
		}
		return significant().map(Holder::sentence).orElse("nothing holds 5 % or more by itself");
	}

	/**
	 * Returns the first holder if it says more than the classes.
	 * @return the largest holder; empty when it holds less than 5 %
	 */
	public Optional<Holder> significant() {
		return this.holders.stream().findFirst().filter((holder) -> holder.permille() >= TELLING);
	}

	/**
	 * Compares with an earlier heap of the same workload.
	 * @param earlier who held that one
	 * @return these holders; those that are listed there, too, with their share of that
	 * time
	 */
	Holders since(Holders earlier) {
		return new Holders(this.unknown,
				this.holders.stream()
					.map((holder) -> earlier.holders.stream()
						.filter(holder::isSameAs)
						.findFirst()
						.map((before) -> holder.since(before.permille()))
						.orElse(holder))
					.toList());
	}

	/** The kinds of holders. */
	public enum Kind {

		/** A static field of a class. */
		STATIC_FIELD,

		/** The local variables of one frame of a thread, as the only holder. */
		LOCAL_VARIABLE,

		/**
		 * One object that is held by several holders or the JVM, or has a class loader.
		 */
		OBJECT,

		/** The objects of one class together, none of them alone. */
		GROUP,

		/** Soft references only. */
		SOFT_REFERENCES,

		/** Objects that wait for finalization and are held by nothing else. */
		FINALIZATION

	}

	/**
	 * One holder.
	 *
	 * @param kind what it is
	 * @param name of the static field with its class, of the method, or of the class
	 * @param diedThere for {@link Kind#LOCAL_VARIABLE} whether its thread is the one that
	 * ran out of memory
	 * @param permille the share of the heap's bytes, in thousandths
	 * @param bytes how much would be free without it
	 * @param count how many objects: 1 unless it is a group
	 * @param path the classes that lead to what it holds, without the holder
	 * @param earlierPermille its share of the heap in the workload's dump before;
	 * {@code null} where there was none, or it was not listed there
	 */
	public record Holder(Kind kind, String name, boolean diedThere, int permille, long bytes, long count,
			List<Step> path, @Nullable Integer earlierPermille) {

		/** Below this two dumps of one steady application differ. */
		private static final int CHANGE = 10;

		public Holder {
			path = List.copyOf(path);
		}

		/**
		 * Creates a holder that is not compared with another dump's.
		 * @param kind what it is
		 * @param name of the static field with its class, of the method, or of the class
		 * @param diedThere whether its thread is the one that ran out of memory
		 * @param permille the share of the heap's bytes, in thousandths
		 * @param bytes how much would be free without it
		 * @param count how many objects: 1 unless it is a group
		 * @param path the classes that lead to what it holds, without the holder
		 */
		public Holder(Kind kind, String name, boolean diedThere, int permille, long bytes, long count,
				List<Step> path) {
			this(kind, name, diedThere, permille, bytes, count, path, null);
		}

		private Holder since(int permille) {
			return new Holder(this.kind, this.name, this.diedThere, this.permille, this.bytes, this.count, this.path,
					permille);
		}

		private boolean isSameAs(Holder other) {
			return this.kind == other.kind && ClassNames.lasting(this.name).equals(ClassNames.lasting(other.name));
		}

		/**
		 * Returns by how much a share changed.
		 * @param permille the share in thousandths
		 * @param earlier the earlier share, {@code null} where it is not known
		 * @return the difference in thousandths; 0 where it is below one percent of the
		 * heap, or not known
		 */
		public static int change(int permille, @Nullable Integer earlier) {
			return (earlier != null && Math.abs(permille - earlier) >= CHANGE) ? permille - earlier : 0;
		}

		/**
		 * Describes the holder in one English sentence.
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
			int change = change(this.permille, this.earlierPermille);
			if (this.earlierPermille != null && change != 0) {
				held += ((change > 0) ? ", up from " : ", down from ") + share(this.earlierPermille)
						+ " in the dump before";
			}
			return this.path.isEmpty() ? held
					: held + ", through " + String.join(" -> ", this.path.stream().map(Step::text).toList());
		}

	}

	/**
	 * A class on the path.
	 *
	 * @param name the class
	 * @param objects how many of its objects are on the path
	 * @param oneBytes the size held by one of them if that is nearly all; otherwise 0
	 */
	public record Step(String name, long objects, long oneBytes) {

		String text() {
			return (this.objects == 1) ? this.name
					: (this.oneBytes > 0) ? String.format(Locale.ROOT, "one of %,d %s", this.objects, this.name)
							: String.format(Locale.ROOT, "%s (%,d)", this.name, this.objects);
		}

	}

	/**
	 * Formats a share.
	 * @param permille the share in thousandths
	 * @return such as {@code 99.5 %}
	 */
	public static String share(int permille) {
		return String.format(Locale.ROOT, "%d.%d %%", permille / 10, permille % 10);
	}

}
