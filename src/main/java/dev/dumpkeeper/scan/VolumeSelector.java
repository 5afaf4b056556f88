package dev.dumpkeeper.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.VolumeName;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.text.SafeText;

/**
 * Selects the managed volumes.
 */
public final class VolumeSelector {

	private final DumpGateway gateway;

	private final Globs include;

	private final Globs exclude;

	private final boolean all;

	private volatile List<String> unmatched = List.of();

	VolumeSelector(DumpGateway gateway, VolumeProperties properties) {
		this.gateway = gateway;
		this.include = new Globs(properties.include());
		this.exclude = new Globs(properties.exclude());
		this.all = properties.include().isEmpty();
	}

	/**
	 * Lists the volumes of the gateway and selects from them. A volume that
	 * {@code volumes.include} names without a wildcard is selected even if the gateway
	 * does not list it and then fails as absent, so that a misspelt name is noticed.
	 * @param only the names given for this run; empty for all
	 * @return names in order
	 * @throws InvalidRequestException when a given name is not a managed volume
	 */
	public List<String> select(List<String> only) {
		Set<String> volumes = new TreeSet<>(this.gateway.volumes());
		this.unmatched = unmatched(volumes);
		volumes.removeIf((volume) -> !isIncluded(volume));
		volumes.addAll(this.include.plainNames());
		volumes.removeIf(this.exclude::match);
		for (String name : only) {
			boolean known = volumes.contains(name) || volumes.contains(unlisted(name));
			if (!known || VolumeName.parse(name).isUnlisted()) {
				throw new InvalidRequestException("--volume " + name + ": no such volume; there "
						+ (volumes.isEmpty() ? "are none" : "is " + abridged(volumes)));
			}
		}
		return only.isEmpty() ? List.copyOf(volumes) : List.copyOf(new TreeSet<>(only));
	}

	/**
	 * Returns the entries that matched no volume in the last selection.
	 * @return a sentence for each, with the existing volumes; plain names of
	 * {@code volumes.include} are not among them, since they fail as absent; empty while
	 * a gateway does not answer
	 */
	public List<String> unmatched() {
		return this.unmatched;
	}

	/**
	 * A gateway whose volumes are not known fails unless none of them can be managed.
	 */
	private boolean isIncluded(String volume) {
		return this.all || this.include.match(volume) || VolumeName.parse(volume).isUnlisted()
				&& this.include.entries().stream().anyMatch((entry) -> mayBeOf(entry, volume));
	}

	private static boolean mayBeOf(String entry, String unlisted) {
		int wildcard = Math.max(entry.indexOf('*'), entry.indexOf('?'));
		return entry.startsWith(unlisted) || wildcard >= 0 || unlisted.equals("/");
	}

	private static String unlisted(String volume) {
		return VolumeName.parse(volume).gateway() + "/";
	}

	private List<String> unmatched(Set<String> volumes) {
		if (volumes.stream().anyMatch((volume) -> VolumeName.parse(volume).isUnlisted())) {
			return List.of();
		}
		List<String> sentences = new ArrayList<>();
		String there = volumes.isEmpty() ? "there are none" : "known volumes: " + abridged(volumes);
		this.include.entries()
			.stream()
			.filter((entry) -> !this.include.plainNames().contains(entry) && isUnmatched(entry, volumes))
			.forEach((entry) -> sentences
				.add("dumpkeeper.volumes.include: no volume is called " + entry + "; " + there));
		this.exclude.entries()
			.stream()
			.filter((entry) -> isUnmatched(entry, volumes))
			.forEach((entry) -> sentences
				.add("dumpkeeper.volumes.exclude: no volume is called " + entry + "; " + there));
		return List.copyOf(sentences);
	}

	private static boolean isUnmatched(String entry, Set<String> volumes) {
		return volumes.stream().noneMatch(new Globs(List.of(entry))::match);
	}

	private static String abridged(Set<String> volumes) {
		String names = String.join(", ",
				volumes.stream().limit(10).map((name) -> SafeText.oneLine(SafeText.abridged(name, 100))).toList());
		return (volumes.size() > 10) ? names + " and " + (volumes.size() - 10) + " more" : names;
	}

	/**
	 * Returns whether a volume of this name would be managed, without a request to the
	 * gateway.
	 * @param volume its name, whether or not it exists
	 * @return {@code true} when include and exclude select it
	 */
	public boolean isManaged(String volume) {
		return (this.all || this.include.match(volume)) && !this.exclude.match(volume);
	}

	/**
	 * Returns whether the configuration names a volume explicitly.
	 * @param volume its name
	 * @return {@code true} when {@code volumes.include} has it without a wildcard
	 */
	public boolean isNamed(String volume) {
		return this.include.plainNames().contains(volume);
	}

}
