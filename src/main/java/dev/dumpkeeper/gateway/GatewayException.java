package dev.dumpkeeper.gateway;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.text.SafeText;

/**
 * The gateway did not do what it was asked.
 */
public final class GatewayException extends RuntimeException {

	private final Kind kind;

	public GatewayException(Kind kind, String message, @Nullable Throwable cause) {
		super(SafeText.oneLine(message), cause);
		this.kind = kind;
	}

	/**
	 * The class of the failure.
	 * @return what a caller may act on
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * What kind of failure it was.
	 */
	public enum Kind {

		/** The bucket is not there (404 NoSuchBucket). */
		ABSENT,

		/** The object is not there (404). */
		NOT_FOUND,

		/** Wrong key, wrong secret, clock skew, or no right (403). */
		DENIED,

		/** The volume or its quota is full (500 "disk quota exceeded", 507). */
		FULL,

		/** No connection, time-out, cut off, or any other 5xx. */
		UNAVAILABLE,

		/** Understood and refused (other 4xx, 501), or an answer that is not S3. */
		REJECTED

	}

}
