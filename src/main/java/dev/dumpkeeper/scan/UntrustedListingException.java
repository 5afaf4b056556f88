package dev.dumpkeeper.scan;

/**
 * A listing that cannot be believed; nothing may be deleted on its word.
 */
public final class UntrustedListingException extends RuntimeException {

	UntrustedListingException(String message) {
		super(message);
	}

}
