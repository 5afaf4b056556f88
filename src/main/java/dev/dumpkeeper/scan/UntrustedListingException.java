package dev.dumpkeeper.scan;

import dev.dumpkeeper.text.SafeText;

/**
 * A listing that is not trusted; nothing may be deleted because of it.
 */
public final class UntrustedListingException extends RuntimeException {

	UntrustedListingException(String message) {
		super(SafeText.oneLine(message));
	}

}
