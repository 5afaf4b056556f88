package dev.dumpkeeper.capacity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The state of a volume's alert, stored from one pass to the next.
 *
 * @param level the present level
 * @param toldLevel the level that people were told last
 * @param toldAt when they were told, {@code null} for never
 * @param passesBelow the number of passes in a row below the lower bound of the level
 */
record AlertState(CapacityLevel level, CapacityLevel toldLevel, @Nullable Instant toldAt, int passesBelow) {

	static final AlertState NEW = new AlertState(CapacityLevel.CALM, CapacityLevel.CALM, null, 0);

}
