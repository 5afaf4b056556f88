package dev.dumpkeeper.ledger;

import java.time.Instant;

/**
 * A dump that is dated more than a day in the future.
 *
 * @param key its key
 * @param lastModified the file's time, which is not trusted
 * @param firstSeen when a listing first contained it, from which its age counts
 */
public record FutureDump(String key, Instant lastModified, Instant firstSeen) {

}
