package dev.dumpkeeper.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What may stand against the expiry of a dump.
 *
 * @param key its key
 * @param state how whole it is
 * @param toldAt when people were told, {@code null} when nobody was
 * @param heldUntil until when it is held, {@code null} without a hold
 * @param isProven whether its bytes are those of a heap dump
 */
public record ExpiryBlocker(String key, DumpState state, @Nullable Instant toldAt, @Nullable Instant heldUntil,
		boolean isProven) {

}
