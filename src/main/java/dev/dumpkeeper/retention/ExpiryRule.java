package dev.dumpkeeper.retention;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * When a dump may expire at the earliest, and the rule that decides it. That it is not
 * complete, has a second key or is among the newest of its workload may delay it further.
 *
 * @param kind the rule that allows it last
 * @param at from when on the next pass may delete it; {@code null} if no time is known
 */
public record ExpiryRule(Kind kind, @Nullable Instant at) {

	static ExpiryRule of(RetentionProperties retention, boolean notificationsEnabled, String key, Instant lastModified,
			@Nullable Instant notifiedAt, @Nullable Instant heldUntil) {
		if (retention.directories().stream().map(DirectoryPath::prefix).noneMatch(key::startsWith)) {
			return new ExpiryRule(ExpiryRule.Kind.OUTSIDE, null);
		}
		ExpiryRule rule = new ExpiryRule(ExpiryRule.Kind.AGE, lastModified.plus(retention.maxAge()));
		if (notificationsEnabled) {
			if (notifiedAt == null) {
				return new ExpiryRule(ExpiryRule.Kind.UNNOTIFIED, null);
			}
			rule = later(rule, ExpiryRule.Kind.NOTICE, notifiedAt.plus(retention.notice()));
		}
		return later(rule, ExpiryRule.Kind.HOLD, heldUntil);
	}

	private static ExpiryRule later(ExpiryRule rule, ExpiryRule.Kind kind, @Nullable Instant at) {
		return (at != null && rule.at() != null && at.isAfter(rule.at())) ? new ExpiryRule(kind, at) : rule;
	}

	/** The rules. */
	public enum Kind {

		/** Outside the retention directories, where nothing is deleted. */
		OUTSIDE,

		/** Nobody was notified. */
		UNNOTIFIED,

		/** The maximum age since it was written. */
		AGE,

		/** The notice since people were notified. */
		NOTICE,

		/** A hold. */
		HOLD

	}

}
