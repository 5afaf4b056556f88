package dev.dumpkeeper.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The key of an object relative to its volume that is safe to use in a request. It never
 * contains a {@code .} or {@code ..} segment: JuiceFS's gateway resolves such a key as a
 * path, and a bulk delete then reaches other buckets.
 *
 * @param value 1 to 1024 bytes of UTF-8, segments separated by single slashes, no leading
 * slash; a trailing slash names a directory
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {

	/** The longest key that S3 allows, in bytes of UTF-8. */
	public static final int MAX_BYTES = 1024;

	/** The replacement for invalid UTF-8: such a key cannot be used in a request. */
	private static final char REPLACEMENT = '\uFFFD';

	public ObjectKey {
		String problem = problem(value);
		if (problem != null) {
			throw new IllegalArgumentException("not a usable object key: " + problem);
		}
	}

	/**
	 * Parses a name from a listing.
	 * @param name the name as listed
	 * @return the key, or empty if the name must never be used in a request
	 */
	public static Optional<ObjectKey> parse(String name) {
		return (problem(name) == null) ? Optional.of(new ObjectKey(name)) : Optional.empty();
	}

	private static @org.jspecify.annotations.Nullable String problem(String name) {
		if (name.isEmpty()) {
			return "it is empty";
		}
		// A character has at most three bytes, or a pair of them four; most names are
		// short.
		if (name.length() > MAX_BYTES / 3 && name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
			return "it is longer than " + MAX_BYTES + " bytes";
		}
		int start = 0;
		for (int i = 0; i <= name.length(); i++) {
			char c = (i < name.length()) ? name.charAt(i) : '/';
			if (c == REPLACEMENT || Character.isSurrogate(c) && !isPaired(name, i)) {
				return "it is not UTF-8";
			}
			if (c == '\0') {
				return "it holds a NUL";
			}
			if (c == '/') {
				int length = i - start;
				if (length == 0 && i < name.length()) {
					return "it has an empty segment";
				}
				if (length == 1 && name.charAt(start) == '.'
						|| length == 2 && name.charAt(start) == '.' && name.charAt(start + 1) == '.') {
					return "it has a '.' or '..' segment";
				}
				start = i + 1;
			}
		}
		return null;
	}

	private static boolean isPaired(String name, int i) {
		char c = name.charAt(i);
		return Character.isHighSurrogate(c) ? i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))
				: i > 0 && Character.isHighSurrogate(name.charAt(i - 1));
	}

	/**
	 * Returns the directory that contains the object.
	 * @return the part up to and including the last slash (a trailing one aside), or the
	 * empty string at the top of the volume
	 */
	public String directory() {
		int slash = this.value.lastIndexOf('/', this.value.length() - 2);
		return this.value.substring(0, slash + 1);
	}

	/**
	 * Returns the last segment.
	 * @return the name without its directory
	 */
	public String name() {
		return this.value.substring(directory().length());
	}

	/**
	 * Returns the key as it is sent and stored.
	 * @return its bytes in UTF-8
	 */
	public byte[] bytes() {
		return this.value.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public int compareTo(ObjectKey other) {
		return compare(this.value, other.value);
	}

	/**
	 * Compares in the order of an S3 listing: by bytes of UTF-8, which is by code point,
	 * unlike {@link String}'s order by UTF-16 unit.
	 * @param a a name
	 * @param b another
	 * @return negative, zero or positive
	 */
	public static int compare(String a, String b) {
		int length = Math.min(a.length(), b.length());
		for (int i = 0; i < length; i++) {
			char x = a.charAt(i);
			char y = b.charAt(i);
			if (x != y) {
				boolean sx = Character.isSurrogate(x);
				boolean sy = Character.isSurrogate(y);
				return (sx == sy) ? Character.compare(x, y) : (sx ? 1 : -1);
			}
		}
		return Integer.compare(a.length(), b.length());
	}

	@Override
	public String toString() {
		return this.value;
	}

}
