package dev.dumpkeeper.digest;

import java.util.OptionalDouble;

import org.jspecify.annotations.Nullable;

/**
 * One volume at the end of a day.
 *
 * @param volume the volume's name
 * @param bytes what is used
 * @param bytesBefore what was used a day earlier, {@code null} where it was not measured
 * @param capacityBytes what may be used, {@code null} where no source knows it
 */
public record VolumeDay(String volume, long bytes, @Nullable Long bytesBefore, @Nullable Long capacityBytes) {

	/** The used share of the capacity; above 1 when a quota was lowered. */
	public OptionalDouble share() {
		return (this.capacityBytes != null && this.capacityBytes > 0)
				? OptionalDouble.of((double) this.bytes / this.capacityBytes) : OptionalDouble.empty();
	}

}
