package dev.dumpkeeper.capacity.forecast;

import dev.dumpkeeper.capacity.CapacityLevel;

/**
 * An edge that the table of rooms forbids, planted so that the rule is seen to find one
 * below a room, too.
 */
public final class PlantedViolation {

	private PlantedViolation() {
	}

	/**
	 * Uses the room above, which a forecast must not know.
	 * @param level any
	 * @return it
	 */
	public static CapacityLevel use(CapacityLevel level) {
		return level;
	}

}
