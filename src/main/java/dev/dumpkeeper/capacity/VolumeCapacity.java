package dev.dumpkeeper.capacity;

import org.jspecify.annotations.Nullable;

/**
 * How full a volume is, and who says so.
 *
 * @param volume the volume's name
 * @param usedBytes what is used, 0 or more
 * @param usedSource who told it
 * @param listedBytes what the listing adds up to, beside another source
 * @param capacityBytes what may be used, above 0, {@code null} where no source knows it
 * @param capacitySource who told it, {@code null} together with the capacity
 */
public record VolumeCapacity(String volume, long usedBytes, CapacitySource usedSource, long listedBytes,
		@Nullable Long capacityBytes, @Nullable CapacitySource capacitySource) {

	/** Blocks and directories make a quota's count larger than the listing's. */
	private static final double TOLERANCE = 0.05;

	/** Below this the blocks of directories alone may be more than the tolerance. */
	private static final long NOISE = 16L * 1024 * 1024;

	/**
	 * Whether listing and quota count differently by more than a few percent.
	 * @return {@code false} where only the listing counts
	 */
	public boolean isDisputed() {
		long difference = Math.abs(this.usedBytes - this.listedBytes);
		return difference > NOISE && difference > TOLERANCE * Math.max(this.usedBytes, this.listedBytes);
	}

	/**
	 * The capacity as the sources tell it, joined.
	 * @param volume the volume
	 * @param listedBytes what the listing adds up to
	 * @param quota what the metadata database says, {@code null} where it says nothing
	 * @param limit what is configured, {@code null} where nothing is
	 * @return the first source that knows, for each number
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
		// A count below zero has drifted: JuiceFS itself repairs it only on request.
		boolean counted = quota.usedBytes() >= 0;
		return new VolumeCapacity(volume, counted ? quota.usedBytes() : listed,
				counted ? CapacitySource.METADATA : CapacitySource.LISTING, listed, capacity, source);
	}

}
