package dev.dumpkeeper.digest;

import java.util.OptionalDouble;

import org.jspecify.annotations.Nullable;

/**
 * One volume at the end of a day.
 *
 * @param volume the volume's name
 * @param bytes used bytes
 * @param bytesBefore used bytes a day earlier, {@code null} if not measured
 * @param capacityBytes the capacity in bytes, {@code null} if no source knows it
 */
public record VolumeDay(String volume, long bytes, @Nullable Long bytesBefore, @Nullable Long capacityBytes) {

	/**
	 * Returns the used share of the capacity; above 1 after a quota was lowered, empty if
	 * the capacity is unknown.
	 */
	public OptionalDouble share() {
		return (this.capacityBytes != null && this.capacityBytes > 0)
				? OptionalDouble.of((double) this.bytes / this.capacityBytes) : OptionalDouble.empty();
	}

}
