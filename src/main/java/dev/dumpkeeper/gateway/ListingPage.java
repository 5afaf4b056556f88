package dev.dumpkeeper.gateway;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One page of a listing: a snapshot that may be minutes old, and no proof that what is
 * not on it does not exist.
 *
 * @param entries in the order the gateway sent them, at most 1000
 * @param next the token of the next page, {@code null} on the last one
 * @param linked names that are left out because a symbolic link leads to them; empty
 * where that cannot be told
 */
public record ListingPage(List<ObjectEntry> entries, @Nullable String next, List<String> linked) {

	/**
	 * A page of which nothing is left out.
	 * @param entries in the order the gateway sent them
	 * @param next the token of the next page, {@code null} on the last one
	 */
	public ListingPage(List<ObjectEntry> entries, @Nullable String next) {
		this(entries, next, List.of());
	}

}
