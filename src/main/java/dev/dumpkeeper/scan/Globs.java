package dev.dumpkeeper.scan;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A set of names and globs: {@code *} matches any characters, {@code ?} exactly one.
 */
public final class Globs {

	private final List<String> globs;

	/**
	 * The suffixes of globs such as {@code *SUFFIX}, kept apart because each object of a
	 * listing is matched.
	 */
	private final List<String> suffixes;

	private final Pattern pattern;

	/**
	 * Creates the set.
	 * @param globs names and globs; an empty list matches nothing
	 */
	public Globs(List<String> globs) {
		this.globs = List.copyOf(globs);
		this.suffixes = globs.stream().filter(Globs::isSuffix).map((glob) -> glob.substring(1)).toList();
		this.pattern = Pattern.compile(
				globs.stream().filter((glob) -> !isSuffix(glob)).map(Globs::regex).collect(Collectors.joining("|")),
				Pattern.DOTALL);
	}

	private static boolean isSuffix(String glob) {
		return glob.startsWith("*") && glob.indexOf('*', 1) < 0 && glob.indexOf('?') < 0;
	}

	private static String regex(String glob) {
		StringBuilder regex = new StringBuilder();
		glob.codePoints()
			.forEach((c) -> regex.append((c == '*') ? ".*" : (c == '?') ? "." : Pattern.quote(Character.toString(c))));
		return regex.toString();
	}

	/**
	 * Returns whether a name is in the set.
	 * @param name the whole name
	 * @return {@code true} when a glob matches all of it
	 */
	public boolean match(String name) {
		for (String suffix : this.suffixes) {
			if (name.endsWith(suffix)) {
				return true;
			}
		}
		return this.suffixes.size() < this.globs.size() && this.pattern.matcher(name).matches();
	}

	/**
	 * Returns all entries.
	 * @return names and globs, in order
	 */
	public List<String> entries() {
		return this.globs;
	}

	/**
	 * Returns the entries that are plain names.
	 * @return those without a wildcard, in order
	 */
	public List<String> plainNames() {
		return this.globs.stream().filter((glob) -> glob.indexOf('*') < 0 && glob.indexOf('?') < 0).toList();
	}

}
