package dev.dumpkeeper.api;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.run.InvalidRequestException;

/**
 * What the answers of the API have in common.
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

	/** Returns {@code null} for an empty text. */
	static @Nullable String orNull(String text) {
		return text.isEmpty() ? null : text;
	}

}
