package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.dumpkeeper.text.SafeText;

/**
 * Derives environment, workload and pod from a dump's file name and the directories
 * between it and the retention directory.
 */
final class DumpNames {

	/** The alphabet of Kubernetes' {@code rand.SafeEncodeString}. */
	private static final String SAFE = "[bcdfghjklmnpqrstvwxz2456789]";

	/**
	 * The suffix that a Deployment adds to its name; the hash almost always contains a
	 * digit.
	 */
	private static final String OF_DEPLOYMENT = "-(?=[a-z]*\\d)" + SAFE + "{6,10}-[a-z0-9]{5}";

	/**
	 * The suffix of a pod's name: a Deployment's hash, a Job's minute or nothing for a
	 * DaemonSet, each with five characters, or a StatefulSet's ordinal.
	 */
	private static final Pattern SUFFIX = Pattern
		.compile("(?:" + OF_DEPLOYMENT + "|(?:-" + SAFE + "{6,10}|-\\d{6,12})?-" + SAFE + "{5}|-\\d{1,5})$");

	private static final Pattern VERSION = Pattern.compile("-(?=[a-z]*\\d)(" + SAFE + "{6,10})-[a-z0-9]{5}$");

	/** A name in Kubernetes that is not a number or a date. */
	private static final String NAME = "(?=[^/]*[a-z])[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?";

	/** An unambiguous pod name. */
	private static final String POD = "[a-z0-9][-a-z0-9.]*" + OF_DEPLOYMENT;

	private static final String ENVIRONMENT = "[A-Za-z0-9][-A-Za-z0-9._]*";

	/**
	 * Layouts below a retention directory that need no configuration, as made by a
	 * {@code HeapDumpPath} with the pod's name, a {@code subPathExpr} or init containers.
	 * The first match counts.
	 */
	private static final List<Pattern> LAYOUTS = Stream.of(
			// The file is named after the pod, such as POD.hprof
			"(?<workload>" + NAME + ")/(?<pod>\\k<workload>" + OF_DEPLOYMENT + ")(?:[._][^/]*)?",
			"(?:(?!" + POD + "/)(?<environment>" + ENVIRONMENT + ")/)?(?<pod>" + POD + ")(?:[._][^/]*)?",
			// POD/CONTAINER/
			"(?:(?<environment>" + ENVIRONMENT + ")/)?(?<pod>" + POD + ")/[^/]+/[^/]+",
			// WORKLOAD/POD/
			"(?:(?<environment>" + ENVIRONMENT + ")/)?(?<workload>" + NAME
					+ ")/(?<pod>\\k<workload>-[-a-z0-9.]+)/[^/]+",
			// ENV/POD/ and POD/
			"(?:(?<environment>" + ENVIRONMENT + ")/)?(?<pod>" + NAME + ")/[^/]+")
		.map((layout) -> Pattern.compile(layout, Pattern.DOTALL))
		.toList();

	private static final int LONGEST_DIRECTORY = 128;

	private static final int HASH_BYTES = 12;

	private final List<Pattern> patterns;

	private final List<String> directories;

	/**
	 * Creates the parser.
	 * @param patterns regular expressions with the groups {@code environment},
	 * {@code pod} and, if it is not to be derived from the pod, {@code workload}; each
	 * must match the whole file name or the whole path below the retention directory, and
	 * the first match counts
	 * @param directories the retention directories, without slashes around them
	 */
	DumpNames(List<Pattern> patterns, List<String> directories) {
		this.patterns = List.copyOf(patterns);
		// Of nested directories the inner one counts.
		this.directories = directories.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
	}

	/** Returns the origin; a path that nothing matches is still that of a dump. */
	DumpOrigin of(String key) {
		int slash = key.lastIndexOf('/');
		String file = key.substring(slash + 1);
		String below = below(key).orElse(file);
		return Stream
			.concat(this.patterns.stream()
				.flatMap((pattern) -> Stream.of(pattern.matcher(file), pattern.matcher(below))),
					LAYOUTS.stream().map((layout) -> layout.matcher(below)))
			.filter(Matcher::matches)
			.findFirst()
			.map((matcher) -> origin(matcher, key))
			.orElseGet(() -> new DumpOrigin("", "", "", directory(key)));
	}

	private Optional<String> below(String key) {
		return this.directories.stream()
			.filter((directory) -> key.startsWith(directory + "/"))
			.findFirst()
			.map((directory) -> key.substring(directory.length() + 1));
	}

	private DumpOrigin origin(Matcher matcher, String key) {
		String pod = group(matcher, "pod").orElse("");
		String workload = group(matcher, "workload").orElseGet(() -> workload(pod));
		return new DumpOrigin(group(matcher, "environment").orElse(""), workload, pod,
				workload.isEmpty() ? directory(key) : "");
	}

	private static Optional<String> group(Matcher matcher, String name) {
		return matcher.pattern().pattern().contains("(?<" + name + ">") ? Optional.ofNullable(matcher.group(name))
				: Optional.empty();
	}

	/**
	 * Returns the directory of a dump with an unknown workload. A long name is shortened
	 * and gets a hash, so that it stays distinct.
	 * @return empty for a shared directory
	 */
	private String directory(String key) {
		String directory = key.substring(0, Math.max(0, key.lastIndexOf('/')));
		if (this.directories.contains(directory)) {
			return "";
		}
		if (directory.length() <= LONGEST_DIRECTORY) {
			return directory;
		}
		String hash = "~"
				+ HexFormat.of().formatHex(sha256().digest(directory.getBytes(StandardCharsets.UTF_8)), 0, HASH_BYTES);
		return SafeText.cut(directory, LONGEST_DIRECTORY - hash.length()) + hash;
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the hash by which a Deployment tells its versions apart.
	 * @return empty for pods of others
	 */
	static String version(String pod) {
		Matcher version = VERSION.matcher(pod);
		return version.find() ? version.group(1) : "";
	}

	/**
	 * Returns a pod's name without the suffix that distinguishes it from its siblings.
	 */
	static String workload(String pod) {
		String workload = SUFFIX.matcher(pod).replaceFirst("");
		return workload.isEmpty() ? pod : workload;
	}

}
