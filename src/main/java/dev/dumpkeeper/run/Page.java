package dev.dumpkeeper.run;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A part of a list. Each page begins behind the last entry of the one before, so that
 * nothing is missed or repeated while the list grows.
 *
 * @param <T> what is on it
 * @param <K> what entries are found again by
 * @param entries what is on it
 * @param next behind what the next page begins, {@code null} at the end
 */
public record Page<T, K>(List<T> entries, @Nullable K next) {

	/**
	 * Cuts a list that is whole and does not grow.
	 * @param <T> what is on it
	 * @param all all entries
	 * @param from the place of the first one; a place that there is not counts as an end
	 * of the list
	 * @param size how many entries the page has at most, 1 or more
	 * @return the page
	 */
	public static <T> Page<T, Integer> from(List<T> all, int from, int size) {
		int begin = Math.max(0, Math.min(from, all.size()));
		int end = Math.min(size, all.size() - begin) + begin;
		return new Page<>(List.copyOf(all.subList(begin, end)), (end < all.size()) ? end : null);
	}

	/**
	 * Cuts a list that was read one entry further than its page.
	 * @param <T> what is on it
	 * @param <K> what entries are found again by
	 * @param found at least the page and, where there is one, the entry behind it
	 * @param size how many entries the page has at most, 1 or more
	 * @param key what the next page begins behind
	 * @return the page
	 */
	public static <T, K> Page<T, K> cut(List<T> found, int size, Function<T, K> key) {
		boolean more = found.size() > size;
		List<T> entries = more ? found.subList(0, size) : found;
		return new Page<>(List.copyOf(entries), more ? key.apply(entries.get(size - 1)) : null);
	}

}
