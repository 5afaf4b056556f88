package dev.dumpkeeper.api;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.run.InvalidRequestException;

/**
 * What answers have in common.
 */
final class Pages {

	/** The most that one answer holds. */
	static final int LARGEST = 200;

	static final String USUAL = "50";

	private Pages() {
	}

	/** Refuses a size that no page has. */
	static int size(int limit) {
		if (limit < 1 || limit > LARGEST) {
			throw new InvalidRequestException("limit wants a number from 1 to " + LARGEST);
		}
		return limit;
	}

	/** Not known, or nothing to say. */
	static @Nullable String orNull(String text) {
		return text.isEmpty() ? null : text;
	}

}
