package dev.dumpkeeper.gateway;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One page of a listing: a snapshot that may be minutes old. It does not prove that other
 * names do not exist.
 *
 * @param entries in the order the gateway sent them, at most 1000
 * @param next the token of the next page, {@code null} on the last one
 * @param linked names that are omitted because they are reached through symbolic links;
 * empty if that cannot be determined
 */
public record ListingPage(List<ObjectEntry> entries, @Nullable String next, List<String> linked) {

	/**
	 * Creates a page without omitted names.
	 * @param entries in the order the gateway sent them
	 * @param next the token of the next page, {@code null} on the last one
	 */
	public ListingPage(List<ObjectEntry> entries, @Nullable String next) {
		this(entries, next, List.of());
	}

}
