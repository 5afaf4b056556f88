package dev.dumpkeeper.scan;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A set of names and globs: {@code *} stands for any characters, {@code ?} for one.
 */
public final class Globs {

	private final List<String> globs;

	private final Pattern pattern;

	/**
	 * Creates it.
	 * @param globs none matches nothing
	 */
	public Globs(List<String> globs) {
		this.globs = List.copyOf(globs);
		this.pattern = Pattern.compile(globs.stream().map(Globs::regex).collect(Collectors.joining("|")),
				Pattern.DOTALL);
	}

	private static String regex(String glob) {
		StringBuilder regex = new StringBuilder();
		glob.codePoints()
			.forEach((c) -> regex.append((c == '*') ? ".*" : (c == '?') ? "." : Pattern.quote(Character.toString(c))));
		return regex.toString();
	}

	/**
	 * Whether a name is in the set.
	 * @param name the whole name
	 * @return {@code true} when one glob matches all of it
	 */
	public boolean match(String name) {
		return !this.globs.isEmpty() && this.pattern.matcher(name).matches();
	}

	/**
	 * The entries that are plain names.
	 * @return those without a wildcard, in order
	 */
	public List<String> plainNames() {
		return this.globs.stream().filter((glob) -> glob.indexOf('*') < 0 && glob.indexOf('?') < 0).toList();
	}

}
