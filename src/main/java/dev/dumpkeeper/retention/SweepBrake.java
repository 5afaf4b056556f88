package dev.dumpkeeper.retention;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

import org.springframework.util.unit.DataSize;

/**
 * Refuses a plan that would delete more than expected. It checks the whole plan before
 * the first delete.
 */
final class SweepBrake {

	private final BrakeProperties properties;

	SweepBrake(BrakeProperties properties) {
		this.properties = properties;
	}

	/**
	 * Checks a plan.
	 * @param volumes all of its volume plans
	 * @return why it is refused, or empty when it may be swept
	 */
	Optional<String> refusal(Collection<VolumePlan> volumes) {
		for (VolumePlan volume : volumes) {
			long allowed = (long) Math.floor(this.properties.maxShare() * volume.objects() + 1e-9);
			if (volume.objects() >= this.properties.minObjects() && volume.candidateObjects() > allowed) {
				return Optional.of(String.format(Locale.ROOT,
						"volume %s would lose %d of its %d objects (%.0f %%), more than brake.max-share (%.0f %%) allows",
						volume.volume(), volume.candidateObjects(), volume.objects(),
						100.0 * volume.candidateObjects() / volume.objects(), 100 * this.properties.maxShare()));
			}
		}
		long objects = volumes.stream().mapToLong(VolumePlan::candidateObjects).sum();
		Long maxObjects = this.properties.maxObjects();
		if (maxObjects != null && objects > maxObjects) {
			return Optional
				.of("it would delete " + objects + " objects, more than brake.max-objects (" + maxObjects + ") allows");
		}
		long bytes = volumes.stream().mapToLong(VolumePlan::candidateBytes).sum();
		DataSize maxBytes = this.properties.maxBytes();
		if (maxBytes != null && bytes > maxBytes.toBytes()) {
			return Optional.of("it would delete " + bytes + " bytes, more than brake.max-bytes (" + maxBytes.toBytes()
					+ ") allows");
		}
		return Optional.empty();
	}

}
