package dev.dumpkeeper.hprof;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.dumpkeeper.hprof.HeapContents.ClassCount;

/**
 * What is on a later heap and was not on an earlier one.
 *
 * @param instances how many objects more there are; negative when there are fewer
 * @param shallowBytes how many bytes more they take; negative when they take fewer
 * @param classes the classes that grew most, by bytes, at most {@value #MOST_CLASSES}
 */
public record Growth(long instances, long shallowBytes, List<GrownClass> classes) {

	/** So many classes are told. */
	public static final int MOST_CLASSES = 10;

	public Growth {
		classes = List.copyOf(classes);
	}

	/**
	 * Compares two heaps by the names of their classes, without the numbers in the names
	 * of lambdas, proxies and hidden classes.
	 * @param earlier the earlier one
	 * @param later the later one
	 * @return what grew; of heaps that were not read to their ends that says little
	 */
	public static Growth between(HeapContents earlier, HeapContents later) {
		Map<String, ClassCount> before = byLastingName(earlier);
		// A class that is not among the listed ones had at most what the last of them
		// has.
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
	 * @param name as Java writes it, without numbers that change from process to process
	 * @param instances how many more there are; negative when they are fewer and bigger
	 * @param shallowBytes how many bytes more they take, more than 0
	 * @param atLeast whether the class was not among the listed ones before: the
	 * instances are then all there are now, and the bytes are the least that they grew by
	 */
	public record GrownClass(String name, long instances, long shallowBytes, boolean atLeast) {
	}

}
