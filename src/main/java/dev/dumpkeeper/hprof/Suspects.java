package dev.dumpkeeper.hprof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import dev.dumpkeeper.hprof.HeapContents.ClassCount;
import dev.dumpkeeper.hprof.HeapContents.LoaderCount;
import dev.dumpkeeper.hprof.HeapContents.Suspect;
import dev.dumpkeeper.hprof.HeapContents.SuspectKind;

/**
 * Ranks notable findings on a heap. Shares of the heap score one point per percent;
 * threads score a point for each 50 and classes for each 1,000, since their resources are
 * not on the heap.
 */
final class Suspects {

	/** How many of the largest classes are examined. */
	static final int EXAMINED = 5;

	private static final int MOST = 4;

	private static final int LEAST_PERCENT = 5;

	private static final int LEAST_THREADS = 1000;

	private static final int THREADS_A_POINT = 50;

	private static final int LEAST_CLASSES = 30_000;

	private static final int CLASSES_A_POINT = 1000;

	/** This many loaders of one class are not a coincidence. */
	private static final int LEAST_LOADERS = 500;

	private static final int LOADERS_A_POINT = 25;

	private Suspects() {
	}

	/**
	 * Ranks the findings.
	 * @param contents the heap
	 * @param steps the big arrays of the first {@value #EXAMINED} classes
	 * @return the worst first
	 */
	static List<Suspect> in(HeapContents contents, List<ArrayTally.Steps> steps) {
		List<Weighed> found = new ArrayList<>();
		for (int i = 0; i < steps.size(); i++) {
			Suspect suspect = ofClass(contents.classes().get(i), steps.get(i), contents.shallowBytes());
			// The largest class is always reported.
			if (i == 0 || suspect.percent() >= LEAST_PERCENT) {
				found.add(new Weighed(suspect, suspect.percent()));
			}
		}
		int repeated = percent(contents.repeated().bytes(), contents.shallowBytes());
		if (repeated >= LEAST_PERCENT) {
			found.add(new Weighed(
					new Suspect(SuspectKind.REPEATED_STRINGS, "", repeated, contents.repeated().arrays(),
							contents.repeated().bytes(), 0, String.format(Locale.ROOT,
									"about %d %% of it is strings that are there more than once", repeated)),
					repeated));
		}
		if (contents.threads() >= LEAST_THREADS) {
			found.add(new Weighed(
					new Suspect(SuspectKind.THREADS, "", 0, contents.threads(), 0, 0,
							String.format(Locale.ROOT, "there are %s threads", number(contents.threads()))),
					contents.threads() / THREADS_A_POINT));
		}
		long loaders = contents.loaders().isEmpty() ? 0 : contents.loaders().get(0).loaders();
		if (contents.loadedClasses() >= LEAST_CLASSES || loaders >= LEAST_LOADERS) {
			found.add(new Weighed(ofLoaders(contents),
					Math.max(contents.loadedClasses() / CLASSES_A_POINT, loaders / LOADERS_A_POINT)));
		}
		return found.stream()
			.sorted(Comparator.comparingLong(Weighed::points).reversed())
			.limit(MOST)
			.map(Weighed::suspect)
			.toList();
	}

	private static Suspect ofClass(ClassCount type, ArrayTally.Steps steps, long all) {
		for (int step = ArrayTally.STEPS.size() - 1; step >= 0; step--) {
			if (steps.bytes(step) > 0 && steps.bytes(step) >= type.shallowBytes() / 2) {
				long over = ArrayTally.STEPS.get(step);
				int percent = percent(steps.bytes(step), all);
				String arrays = (steps.count(step) == 1) ? "one array" : number(steps.count(step)) + " arrays";
				return new Suspect(SuspectKind.BIG_ARRAYS, type.name(), percent, steps.count(step), steps.bytes(step),
						over,
						String.format(Locale.ROOT, "%d %% of the heap is %s held in %s over %s", percent, type.name(),
								arrays, (over < 1024 * ArrayTally.BIG) ? over / ArrayTally.BIG + " MiB" : "1 GiB"));
			}
		}
		int percent = percent(type.shallowBytes(), all);
		String unit = type.name().endsWith("[]") ? "array" : "instance";
		return new Suspect(SuspectKind.INSTANCES, type.name(), percent, type.instances(), type.shallowBytes(), 0,
				String.format(Locale.ROOT, "%d %% of the heap is %s in %s %s", percent, type.name(),
						number(type.instances()), (type.instances() == 1) ? unit : unit + "s"));
	}

	private static Suspect ofLoaders(HeapContents contents) {
		String sentence = String.format(Locale.ROOT, "there are %s classes", number(contents.loadedClasses()));
		if (contents.loaders().isEmpty()) {
			return new Suspect(SuspectKind.CLASSES, "", 0, contents.loadedClasses(), 0, 0, sentence);
		}
		LoaderCount most = contents.loaders().get(0);
		return new Suspect(SuspectKind.CLASSES, most.name(), 0, contents.loadedClasses(), 0, 0,
				String.format(Locale.ROOT, "%s, %s of them by %s %s %s", sentence, number(most.classes()),
						number(most.loaders()), (most.loaders() == 1) ? "loader" : "loaders", most.name()));
	}

	private static int percent(long part, long all) {
		return (all <= 0) ? 0 : (int) Math.min(100, Math.round(100.0 * part / all));
	}

	private static String number(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

	private record Weighed(Suspect suspect, long points) {
	}

}
