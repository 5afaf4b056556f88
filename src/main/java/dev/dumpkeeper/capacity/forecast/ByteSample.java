package dev.dumpkeeper.capacity.forecast;

import java.time.Instant;

/**
 * A number of bytes at an instant: used by then, or added or removed at it.
 *
 * @param at the instant
 * @param bytes 0 or more
 */
public record ByteSample(Instant at, long bytes) {

}
