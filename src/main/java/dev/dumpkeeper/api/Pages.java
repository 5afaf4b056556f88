package dev.dumpkeeper.api;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.run.InvalidRequestException;

/**
 * Keyset pagination: each page starts after the last entry of the previous one, so that
 * nothing is skipped or repeated while the list grows.
 */
final class Pages {

	/** The most that one answer holds. */
	static final int LARGEST = 200;

	static final String USUAL = "50";

	private Pages() {
	}

	/** Checks the size of a page. */
	static int size(int limit) {
		if (limit < 1 || limit > LARGEST) {
			throw new InvalidRequestException("limit is invalid; expected a number from 1 to " + LARGEST);
		}
		return limit;
	}

	/**
	 * Cuts a list that was read one entry further than its page.
	 * @param found at least the page and the entry behind it
	 * @param key what the next page begins behind
	 */
	static <T, K> Page<T, K> cut(List<T> found, int size, Function<T, K> key) {
		boolean more = found.size() > size;
		List<T> entries = more ? found.subList(0, size) : found;
		return new Page<>(List.copyOf(entries), more ? key.apply(entries.get(size - 1)) : null);
	}

	/** Returns {@code null} for an empty text. */
	static @Nullable String orNull(String text) {
		return text.isEmpty() ? null : text;
	}

	/**
	 * A page.
	 *
	 * @param entries what is on it
	 * @param next behind what the next one begins, {@code null} at the end
	 */
	record Page<T, K>(List<T> entries, @Nullable K next) {

	}

}
