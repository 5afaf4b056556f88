package dev.dumpkeeper.capacity;

import org.jspecify.annotations.Nullable;

/**
 * Use and capacity of a volume, with their sources.
 *
 * @param volume the volume's name
 * @param usedBytes the bytes in use, 0 or more
 * @param usedSource the source of that number
 * @param listedBytes the sum of the listing, whatever the source
 * @param capacityBytes the capacity, above 0, {@code null} if no source knows it
 * @param capacitySource its source, {@code null} together with the capacity
 */
public record VolumeCapacity(String volume, long usedBytes, CapacitySource usedSource, long listedBytes,
		@Nullable Long capacityBytes, @Nullable CapacitySource capacitySource) {

	/** A quota counts blocks and directories, so it exceeds the listing by a little. */
	private static final double TOLERANCE = 0.05;

	/** In small volumes the blocks of directories alone may exceed the tolerance. */
	private static final long NOISE = 16L * 1024 * 1024;

	/**
	 * Returns whether listing and quota differ by more than a few percent.
	 * @return {@code false} if only the listing is known
	 */
	public boolean isDisputed() {
		long difference = Math.abs(this.usedBytes - this.listedBytes);
		return difference > NOISE && difference > TOLERANCE * Math.max(this.usedBytes, this.listedBytes);
	}

	/**
	 * Combines the sources.
	 * @param volume the volume's name
	 * @param listedBytes the sum of the listing
	 * @param quota the quota in the metadata database, {@code null} if there is none
	 * @param limit the configured limit, {@code null} if there is none
	 * @return each number from the best source that knows it
	 */
	static VolumeCapacity of(String volume, long listedBytes, @Nullable Quota quota, @Nullable Long limit) {
		long listed = Math.max(0, listedBytes);
		Long capacity = (limit != null && limit > 0) ? limit : null;
		CapacitySource source = (capacity != null) ? CapacitySource.LIMIT : null;
		if (quota == null) {
			return new VolumeCapacity(volume, listed, CapacitySource.LISTING, listed, capacity, source);
		}
		if (quota.isLimited()) {
			capacity = quota.maxBytes();
			source = CapacitySource.METADATA;
		}
		// A negative counter has drifted. JuiceFS repairs it only on request.
		boolean counted = quota.usedBytes() >= 0;
		return new VolumeCapacity(volume, counted ? quota.usedBytes() : listed,
				counted ? CapacitySource.METADATA : CapacitySource.LISTING, listed, capacity, source);
	}

}
