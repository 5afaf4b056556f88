package dev.dumpkeeper.capacity;

import java.time.Instant;

/**
 * What a volume held.
 *
 * @param at when
 * @param bytes how much, 0 or more
 */
record UsedAt(Instant at, double bytes) {

}
