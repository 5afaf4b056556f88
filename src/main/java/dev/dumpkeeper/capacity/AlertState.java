package dev.dumpkeeper.capacity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The state of a volume's alert, stored from one pass to the next.
 *
 * @param level the current level
 * @param toldLevel the level that was reported last
 * @param toldAt when it was reported, {@code null} for never
 * @param passesBelow the number of passes in a row below the lower bound of the level
 */
record AlertState(CapacityLevel level, CapacityLevel toldLevel, @Nullable Instant toldAt, int passesBelow) {

	static final AlertState NEW = new AlertState(CapacityLevel.CALM, CapacityLevel.CALM, null, 0);

}
