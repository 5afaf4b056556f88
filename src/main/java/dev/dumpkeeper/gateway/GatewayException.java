package dev.dumpkeeper.gateway;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.text.SafeText;

/**
 * A request that the gateway did not fulfil.
 */
public final class GatewayException extends RuntimeException {

	private final Kind kind;

	public GatewayException(Kind kind, String message, @Nullable Throwable cause) {
		super(SafeText.oneLine(message), cause);
		this.kind = kind;
	}

	/**
	 * Returns the kind of failure.
	 * @return what callers can react to
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * The kinds of failure.
	 */
	public enum Kind {

		/** The bucket does not exist (404 NoSuchBucket). */
		ABSENT,

		/** The object does not exist (404). */
		NOT_FOUND,

		/** Wrong key, wrong secret, clock skew, or missing permission (403). */
		DENIED,

		/** The volume or its quota is full (500 "disk quota exceeded", 507). */
		FULL,

		/** No connection, time-out, interruption, or any other 5xx. */
		UNAVAILABLE,

		/** Understood and refused (other 4xx, 501), or an answer that is not S3. */
		REJECTED

	}

}
