package dev.dumpkeeper.hprof;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.dumpkeeper.hprof.HeapContents.ClassCount;

/**
 * How a heap grew between two dumps.
 *
 * @param instances the change in the number of objects; may be negative
 * @param shallowBytes the change in their size in bytes; may be negative
 * @param classes the classes that grew most, by bytes, at most {@value #MOST_CLASSES}
 */
public record Growth(long instances, long shallowBytes, List<GrownClass> classes) {

	/** The maximum number of classes. */
	public static final int MOST_CLASSES = 10;

	public Growth {
		classes = List.copyOf(classes);
	}

	/**
	 * Compares two heaps by the names of their classes, without the numbers in the names
	 * of lambdas, proxies and hidden classes.
	 * @param earlier the earlier one
	 * @param later the later one
	 * @return the growth; not meaningful for heaps that were read partially
	 */
	public static Growth between(HeapContents earlier, HeapContents later) {
		Map<String, ClassCount> before = byLastingName(earlier);
		// A class that is not listed had at most as much as the last listed one.
		ClassCount unlisted = (earlier.classesLeftOut() > 0 && !earlier.classes().isEmpty())
				? earlier.classes().get(earlier.classes().size() - 1) : new ClassCount("", 0, 0);
		List<GrownClass> grown = byLastingName(later).values().stream().map((now) -> {
			ClassCount then = before.get(now.name());
			if (then != null) {
				return new GrownClass(now.name(), now.instances() - then.instances(),
						now.shallowBytes() - then.shallowBytes(), false);
			}
			return new GrownClass(now.name(), now.instances(), now.shallowBytes() - unlisted.shallowBytes(),
					unlisted.shallowBytes() > 0);
		})
			.filter((type) -> type.shallowBytes() > 0)
			.sorted(Comparator.comparingLong(GrownClass::shallowBytes).reversed().thenComparing(GrownClass::name))
			.limit(MOST_CLASSES)
			.toList();
		return new Growth(later.instances() - earlier.instances(), later.shallowBytes() - earlier.shallowBytes(),
				grown);
	}

	private static Map<String, ClassCount> byLastingName(HeapContents contents) {
		Map<String, ClassCount> counts = new HashMap<>();
		for (ClassCount count : contents.classes()) {
			String name = ClassNames.lasting(count.name());
			counts.merge(name, new ClassCount(name, count.instances(), count.shallowBytes()),
					(a, b) -> new ClassCount(name, a.instances() + b.instances(), a.shallowBytes() + b.shallowBytes()));
		}
		return counts;
	}

	/**
	 * A class that grew.
	 *
	 * @param name in Java notation, without numbers that differ between processes
	 * @param instances the change in the number of instances; negative when they are
	 * fewer and bigger
	 * @param shallowBytes the growth in bytes, more than 0
	 * @param atLeast whether the class was not listed before: the instances are then the
	 * current number, and the bytes the minimum growth
	 */
	public record GrownClass(String name, long instances, long shallowBytes, boolean atLeast) {
	}

}
