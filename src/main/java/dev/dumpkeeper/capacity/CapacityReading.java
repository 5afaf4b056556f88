package dev.dumpkeeper.capacity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a run found out about a volume.
 *
 * @param capacity how full it is, and who says so
 * @param readAt when
 * @param outlook what is to come, {@code null} where no capacity is known
 * @param level how urgent it is
 * @param news what people were told, {@code null} for nothing
 */
public record CapacityReading(VolumeCapacity capacity, Instant readAt, @Nullable Outlook outlook, CapacityLevel level,
		@Nullable String news) {

	/**
	 * A forecast in short.
	 *
	 * @param p50Bytes what is not exceeded within the horizon in half of the cases
	 * @param p90Bytes the same for nine of ten cases
	 * @param p50CrossesAt when the first reaches the threshold, {@code null} for not
	 * within the horizon
	 * @param p90CrossesAt the same for the second
	 * @param shortHistory whether it rests on little
	 */
	public record Outlook(long p50Bytes, long p90Bytes, @Nullable Instant p50CrossesAt, @Nullable Instant p90CrossesAt,
			boolean shortHistory) {

	}

}
