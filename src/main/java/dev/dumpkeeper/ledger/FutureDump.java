package dev.dumpkeeper.ledger;

import java.time.Instant;

/**
 * A dump whose file says that it was written more than a day in the future.
 *
 * @param key its key
 * @param lastModified the time of the file, which is not to be trusted
 * @param firstSeen when a listing showed it first: from then on its age counts
 */
public record FutureDump(String key, Instant lastModified, Instant firstSeen) {

}
