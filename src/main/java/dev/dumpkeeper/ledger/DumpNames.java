package dev.dumpkeeper.ledger;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads environment, workload and pod out of a dump's file name.
 */
final class DumpNames {

	/**
	 * What Kubernetes puts behind a workload's name, in the alphabet of its
	 * {@code rand.SafeEncodeString} (no vowels, no 0, 1 and 3): a Deployment's hash and
	 * five characters, a Job's minute or a DaemonSet's nothing and five characters, or a
	 * StatefulSet's ordinal.
	 */
	private static final Pattern SUFFIX = Pattern.compile(
			"(?:(?:-[bcdfghjklmnpqrstvwxz2456789]{6,10}|-\\d{6,12})?-[bcdfghjklmnpqrstvwxz2456789]{5}|-\\d{1,5})$");

	private final List<Pattern> patterns;

	/**
	 * Creates it.
	 * @param patterns regular expressions over the whole file name with the groups
	 * {@code environment}, {@code pod} and, if it is not to be derived from the pod,
	 * {@code workload}; the first that matches counts
	 */
	DumpNames(List<Pattern> patterns) {
		this.patterns = List.copyOf(patterns);
	}

	/** What the name tells; a name that nothing matches is still a dump's. */
	DumpOrigin of(String key) {
		String file = key.substring(key.lastIndexOf('/') + 1);
		for (Pattern pattern : this.patterns) {
			Matcher matcher = pattern.matcher(file);
			if (matcher.matches()) {
				String pod = group(matcher, "pod").orElse("");
				return new DumpOrigin(group(matcher, "environment").orElse(""),
						group(matcher, "workload").orElseGet(() -> workload(pod)), pod);
			}
		}
		return DumpOrigin.UNKNOWN;
	}

	private static Optional<String> group(Matcher matcher, String name) {
		return matcher.pattern().pattern().contains("(?<" + name + ">") ? Optional.ofNullable(matcher.group(name))
				: Optional.empty();
	}

	/** A pod's name without what tells it from its siblings. */
	static String workload(String pod) {
		String workload = SUFFIX.matcher(pod).replaceFirst("");
		return workload.isEmpty() ? pod : workload;
	}

}
