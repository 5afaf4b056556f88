package dev.dumpkeeper.capacity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a volume from one pass to the next.
 *
 * @param level the level it is in
 * @param toldLevel the level that people know of
 * @param toldAt when they were told last, {@code null} for never
 * @param passesBelow how many passes in a row it was below the level's lower bound
 */
record LevelState(CapacityLevel level, CapacityLevel toldLevel, @Nullable Instant toldAt, int passesBelow) {

	static final LevelState NEW = new LevelState(CapacityLevel.CALM, CapacityLevel.CALM, null, 0);

}
