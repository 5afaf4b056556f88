package dev.dumpkeeper.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One dump as the ledger knows it.
 *
 * @param id its number, which stays the same for as long as the object is not written
 * again
 * @param volume the volume's name
 * @param key its key in the volume; of its receipt where the JVM wrote no dump
 * @param size bytes at the last look of a scan
 * @param lastModified when it was written last, as the file says
 * @param firstSeen when a listing showed it first
 * @param state how whole it is
 * @param origin where it came from
 * @param toldAt when people were told, {@code null} when nobody was
 * @param heldUntil until when it must not expire, {@code null} without a hold
 * @param heldBy who holds it
 * @param heldWhy why
 * @param isProven whether its bytes are those of a heap dump
 */
public record Dump(long id, String volume, String key, long size, Instant lastModified, Instant firstSeen,
		DumpState state, DumpOrigin origin, @Nullable Instant toldAt, @Nullable Instant heldUntil,
		@Nullable String heldBy, @Nullable String heldWhy, boolean isProven) {

	/**
	 * Whether the file says that it was written more than a day in the future.
	 * @param now the present
	 * @return {@code true} when {@link #lastModified()} is not to be trusted
	 */
	public boolean isFromTheFuture(Instant now) {
		return FileTimes.isInFuture(this.lastModified, now);
	}

	/**
	 * The time from which its age counts.
	 * @param now the present
	 * @return when it was written last; when it was first seen where that time lies more
	 * than a day in the future
	 */
	public Instant agesFrom(Instant now) {
		return FileTimes.trusted(this.lastModified, this.firstSeen, now);
	}

}
