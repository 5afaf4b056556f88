package dev.dumpkeeper.capacity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The state of a volume's alert, stored from one pass to the next.
 *
 * @param level the current level
 * @param notifiedLevel the level that was reported last
 * @param notifiedAt when it was reported, {@code null} for never
 * @param passesBelow the number of passes in a row below the lower bound of the level
 */
record AlertState(CapacityLevel level, CapacityLevel notifiedLevel, @Nullable Instant notifiedAt, int passesBelow) {

	static final AlertState NEW = new AlertState(CapacityLevel.CALM, CapacityLevel.CALM, null, 0);

}
