package dev.dumpkeeper.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A dump that may be blocked from expiry.
 *
 * @param key its key
 * @param state whether it is complete
 * @param notifiedAt when people were notified, {@code null} if they were not
 * @param heldUntil until when it is held, {@code null} without a hold
 * @param isProven whether its content is known to be a heap dump
 */
public record ExpiryBlocker(String key, DumpState state, @Nullable Instant notifiedAt, @Nullable Instant heldUntil,
		boolean isProven) {

}
