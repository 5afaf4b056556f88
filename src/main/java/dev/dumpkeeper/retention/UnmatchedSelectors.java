package dev.dumpkeeper.retention;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ScanObserver;
import dev.dumpkeeper.scan.ScanVisitor;
import dev.dumpkeeper.scan.ScannedObject;
import dev.dumpkeeper.scan.VolumeScan;

/**
 * Finds configured directories and patterns that matched nothing in any volume of a run,
 * and existing names that resemble them: with a misspelt name, or a directory at another
 * depth, a pass would succeed and delete nothing.
 * <p>
 * The names seen are kept in memory. If another process continues a run, it has not seen
 * all volumes and reports nothing.
 */
public final class UnmatchedSelectors implements ScanObserver {

	/** The defaults may match nothing while others do. */
	private static final List<String> DEFAULTS = List.of("*.hprof", "*.hprof.gz");

	/** The maximum number of similar names to report. */
	private static final int NAMED = 5;

	/** Deeper directories are not suggested. */
	private static final int MAX_DEPTH = 6;

	/** The maximum number of names kept for each volume. */
	private static final int MAX_KEPT = 50;

	private final Map<String, String> directories = new LinkedHashMap<>();

	private final List<String> patterns;

	private final String marker;

	private long runId;

	private Map<String, Seen> volumes = new HashMap<>();

	UnmatchedSelectors(RetentionProperties retention, MarkerProperties marker) {
		retention.directories()
			.forEach((directory) -> this.directories.put(directory.value(), "dumpkeeper.retention.directories"));
		marker.directories()
			.forEach((directory) -> this.directories.merge(directory.value(), "dumpkeeper.marker.directories",
					(first, second) -> first + " and " + second));
		this.patterns = retention.dumpPatterns();
		this.marker = marker.name();
	}

	@Override
	public synchronized Optional<ScanVisitor> join(Run run, String volume) {
		if (this.runId != run.id()) {
			this.runId = run.id();
			this.volumes = new HashMap<>();
		}
		Map<String, Seen> volumes = this.volumes;
		return Optional.of(new Visitor((seen) -> {
			synchronized (this) {
				volumes.put(volume, seen);
			}
		}));
	}

	/**
	 * Returns the selectors that matched nothing in any volume of a run.
	 * @param run the run
	 * @param scans how the listings of its volumes ended
	 * @return a sentence for each; none unless this process listed every volume
	 * completely. Directory names are shown as the gateway returns them
	 */
	public synchronized List<String> of(Run run, List<VolumeScan> scans) {
		if (this.runId != run.id() || scans.isEmpty()
				|| !this.volumes.keySet().equals(scans.stream().map(VolumeScan::volume).collect(Collectors.toSet()))) {
			return List.of();
		}
		List<String> sentences = new ArrayList<>();
		this.directories.forEach((directory, property) -> {
			if (this.volumes.values().stream().noneMatch((seen) -> seen.directories.contains(directory))) {
				sentences.add(property + ": there is no " + directory + " in any volume"
						+ (property.contains("retention") ? ", so nothing expires there" : "") + instead(directory));
			}
		});
		patterns(sentences);
		return sentences;
	}

	private String instead(String directory) {
		Set<String> alike = new TreeSet<>();
		Set<String> tops = new TreeSet<>();
		this.volumes.forEach((volume, seen) -> {
			seen.alike.stream()
				.filter((found) -> isAlike(found, directory))
				.forEach((found) -> alike.add(found + " in " + volume));
			tops.addAll(seen.tops);
		});
		if (!alike.isEmpty()) {
			return "; similar: " + some(alike);
		}
		return tops.isEmpty() ? "" : "; existing directories: " + some(tops);
	}

	private void patterns(List<String> sentences) {
		Map<String, Long> endings = new TreeMap<>();
		this.volumes.values()
			.forEach((seen) -> seen.endings.forEach((ending, count) -> endings.merge(ending, count, Long::sum)));
		if (endings.isEmpty()) {
			return;
		}
		List<String> unmatched = this.patterns.stream()
			.filter((pattern) -> this.volumes.values().stream().noneMatch((seen) -> seen.patterns.contains(pattern)))
			.toList();
		List<String> worthSaying = (unmatched.size() == this.patterns.size()) ? unmatched
				: unmatched.stream().filter((pattern) -> !DEFAULTS.contains(pattern)).toList();
		if (!worthSaying.isEmpty()) {
			String most = endings.entrySet()
				.stream()
				.sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
					.thenComparing(Map.Entry.comparingByKey()))
				.limit(NAMED)
				.map((entry) -> entry.getKey() + " (" + entry.getValue() + ")")
				.collect(Collectors.joining(", "));
			sentences.add("dumpkeeper.retention.dump-patterns: no file is called " + String.join(", ", worthSaying)
					+ "; files below the retention directories that are no dumps end with " + most);
		}
	}

	private static String some(Set<String> names) {
		String some = names.stream().limit(NAMED).collect(Collectors.joining(", "));
		return (names.size() > NAMED) ? some + " and more" : some;
	}

	/** Whether a name differs by up to two typing errors, by case or by depth. */
	static boolean isAlike(String found, String directory) {
		if (found.equals(directory)) {
			return false;
		}
		String left = last(found).toLowerCase(Locale.ROOT);
		String right = last(directory).toLowerCase(Locale.ROOT);
		return left.equals(right) || Math.min(left.length(), right.length()) > 3
				&& (distance(left, right) <= 2 || left.startsWith(right) || right.startsWith(left));
	}

	private static String last(String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}

	/** Returns the Levenshtein distance, at most 3. */
	private static int distance(String left, String right) {
		if (Math.abs(left.length() - right.length()) > 2) {
			return 3;
		}
		int[] row = new int[right.length() + 1];
		for (int j = 0; j < row.length; j++) {
			row[j] = j;
		}
		for (int i = 1; i <= left.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j < row.length; j++) {
				int above = row[j];
				int changed = diagonal + ((left.charAt(i - 1) == right.charAt(j - 1)) ? 0 : 1);
				row[j] = Math.min(changed, Math.min(above, row[j - 1]) + 1);
				diagonal = above;
			}
		}
		return row[right.length()];
	}

	private static final class Seen {

		private final Set<String> directories = new TreeSet<>();

		private final Set<String> patterns = new TreeSet<>();

		private final Set<String> alike = new TreeSet<>();

		private final Set<String> tops = new TreeSet<>();

		private final Map<String, Long> endings = new HashMap<>();

	}

	private final class Visitor implements ScanVisitor {

		private final Consumer<Seen> done;

		private final Seen seen = new Seen();

		private final Map<String, Globs> open = new LinkedHashMap<>();

		private String directory = "";

		private boolean below;

		Visitor(Consumer<Seen> done) {
			this.done = done;
			UnmatchedSelectors.this.patterns.forEach((pattern) -> this.open.put(pattern, new Globs(List.of(pattern))));
		}

		@Override
		public void visit(ScannedObject object) {
			int slash = object.name().lastIndexOf('/');
			String directory = (slash < 0) ? "" : object.name().substring(0, slash);
			if (!directory.equals(this.directory)) {
				this.directory = directory;
				this.below = check(directory);
			}
			if (object.kind() == ScannedObject.Kind.DIRECTORY) {
				return;
			}
			String file = object.name().substring(slash + 1);
			if (!this.open.isEmpty()) {
				this.open.entrySet().removeIf((pattern) -> {
					boolean matches = pattern.getValue().match(file);
					if (matches) {
						this.seen.patterns.add(pattern.getKey());
					}
					return matches;
				});
			}
			if (this.below && object.kind() == ScannedObject.Kind.OTHER
					&& !file.equals(UnmatchedSelectors.this.marker)) {
				ending(file);
			}
		}

		private void ending(String file) {
			int dot = file.lastIndexOf('.');
			String ending = (dot < 0) ? "no extension" : file.substring(dot);
			if (this.seen.endings.size() < MAX_KEPT || this.seen.endings.containsKey(ending)) {
				this.seen.endings.merge(ending, 1L, Long::sum);
			}
		}

		/**
		 * Checks the parent directories too, since only directories with objects of their
		 * own are listed.
		 */
		private boolean check(String directory) {
			boolean below = false;
			int end = directory.isEmpty() ? -1 : 0;
			for (int depth = 0; end >= 0 && end < directory.length(); depth++) {
				int slash = directory.indexOf('/', end);
				int until = (slash < 0) ? directory.length() : slash;
				String path = directory.substring(0, until);
				if (depth == 0 && this.seen.tops.size() < MAX_KEPT) {
					this.seen.tops.add(path);
				}
				String property = UnmatchedSelectors.this.directories.get(path);
				if (property != null) {
					this.seen.directories.add(path);
					below |= property.contains("retention");
				}
				if (depth < MAX_DEPTH && this.seen.alike.size() < MAX_KEPT
						&& UnmatchedSelectors.this.directories.keySet()
							.stream()
							.anyMatch((each) -> isAlike(path, each))) {
					this.seen.alike.add(path);
				}
				end = until + 1;
			}
			return below;
		}

		@Override
		public void complete(VolumeScan scan) {
			this.done.accept(this.seen);
		}

		@Override
		public void abandon() {
			// An incomplete listing has no result.
		}

	}

}
