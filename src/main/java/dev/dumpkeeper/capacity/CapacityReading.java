package dev.dumpkeeper.capacity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The result of one run for one volume.
 *
 * @param capacity use and capacity, with their sources
 * @param readAt the instant of the run
 * @param outlook a summary of the forecast, {@code null} if the capacity is unknown
 * @param level how urgent the volume is
 * @param transition what was reported, the name of an {@link AlertTransition}, or
 * {@code null} for nothing
 */
public record CapacityReading(VolumeCapacity capacity, Instant readAt, @Nullable Outlook outlook, CapacityLevel level,
		@Nullable String transition) {

	/**
	 * A summary of a forecast.
	 *
	 * @param p50Bytes the highest P50 within the horizon
	 * @param p90Bytes the highest P90 within the horizon
	 * @param p50CrossesAt when P50 reaches the threshold, {@code null} if not within the
	 * horizon
	 * @param p90CrossesAt when P90 reaches the threshold, {@code null} if not within the
	 * horizon
	 * @param shortHistory whether the forecast is based on less than three days of
	 * history
	 */
	public record Outlook(long p50Bytes, long p90Bytes, @Nullable Instant p50CrossesAt, @Nullable Instant p90CrossesAt,
			boolean shortHistory) {

	}

}
