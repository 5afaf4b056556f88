package dev.dumpkeeper.gateway;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.text.SafeText;

/**
 * A request that the gateway did not fulfil.
 */
public final class GatewayException extends RuntimeException {

	private final Kind kind;

	private final boolean repeatable;

	public GatewayException(Kind kind, String message, @Nullable Throwable cause) {
		this(kind, message, cause, false);
	}

	/**
	 * A failure of a delete.
	 * @param repeatable see {@link #isRepeatable()}
	 */
	public GatewayException(Kind kind, String message, @Nullable Throwable cause, boolean repeatable) {
		super(SafeText.oneLine(message), cause);
		this.kind = kind;
		this.repeatable = repeatable;
	}

	/**
	 * Returns whether this is a delete that was sent once and may succeed when it is sent
	 * again: the connection was refused or lost, or the answer was 499, 502, 503 or 504.
	 * The objects may be gone all the same, and others may have been written in their
	 * place since, so check them first. Other calls are repeated by the gateway's client.
	 * @return {@code false} for anything else, and after a time-out
	 */
	public boolean isRepeatable() {
		return this.repeatable;
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
