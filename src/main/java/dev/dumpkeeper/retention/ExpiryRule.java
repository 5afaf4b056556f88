package dev.dumpkeeper.retention;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A reason to keep something, and until when it holds.
 *
 * @param kind the reason
 * @param at the first instant at which it no longer holds; {@code null} if that is not
 * known or never comes
 */
public record ExpiryRule(KeepReason kind, @Nullable Instant at) {

	boolean holds(Instant now) {
		return this.at == null || now.isBefore(this.at);
	}

	/** Returns the rule that holds longer; this one if they end together. */
	ExpiryRule orLonger(ExpiryRule other) {
		return (this.at == null || other.at != null && !other.at.isAfter(this.at)) ? this : other;
	}

}
