package dev.dumpkeeper.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A dump as the ledger knows it.
 *
 * @param id its number, stable until the object is written again
 * @param volume the volume's name
 * @param key its key in the volume; the key of its receipt if the JVM wrote no dump
 * @param size in bytes, as of the last scan
 * @param lastModified when the file was last written, according to the file
 * @param firstSeen when a listing first contained it
 * @param state whether it is complete
 * @param origin where it came from
 * @param notifiedAt when people were notified, {@code null} if they were not
 * @param heldUntil until when it must not expire, {@code null} without a hold
 * @param heldBy who holds it
 * @param heldWhy the reason for the hold
 * @param isProven whether its content is known to be a heap dump
 */
public record Dump(long id, String volume, String key, long size, Instant lastModified, Instant firstSeen,
		DumpState state, DumpOrigin origin, @Nullable Instant notifiedAt, @Nullable Instant heldUntil,
		@Nullable String heldBy, @Nullable String heldWhy, boolean isProven) {

	/**
	 * Returns whether the file is dated more than a day in the future.
	 * @param now the current time
	 * @return {@code true} if {@link #lastModified()} cannot be trusted
	 */
	public boolean isFromTheFuture(Instant now) {
		return FileTimes.isInFuture(this.lastModified, now);
	}

	/**
	 * Returns the time from which its age counts.
	 * @param now the current time
	 * @return when it was last written, or when it was first seen if that time lies more
	 * than a day in the future
	 */
	public Instant agesFrom(Instant now) {
		return FileTimes.trusted(this.lastModified, this.firstSeen, now);
	}

	/**
	 * Returns what may block it from expiry.
	 * @return the same facts
	 */
	public ExpiryBlocker asBlocker() {
		return new ExpiryBlocker(this.key, this.state, this.notifiedAt, this.heldUntil, this.isProven);
	}

}
