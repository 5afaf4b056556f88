package dev.dumpkeeper.scan;

import dev.dumpkeeper.text.SafeText;

/**
 * A listing that cannot be believed; nothing may be deleted on its word.
 */
public final class UntrustedListingException extends RuntimeException {

	UntrustedListingException(String message) {
		super(SafeText.oneLine(message));
	}

}
