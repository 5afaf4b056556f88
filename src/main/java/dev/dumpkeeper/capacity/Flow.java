package dev.dumpkeeper.capacity;

import java.time.Instant;

/**
 * Bytes that come or go.
 *
 * @param at when
 * @param bytes how many, 0 or more
 */
record Flow(Instant at, long bytes) {

}
