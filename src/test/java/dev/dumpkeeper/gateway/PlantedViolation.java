package dev.dumpkeeper.gateway;

import dev.dumpkeeper.scan.Walk;

/**
 * An edge that the table of rooms forbids, planted so that the rule is seen to find one.
 */
public final class PlantedViolation {

	private PlantedViolation() {
	}

	/**
	 * Uses a room that the gateway must not know.
	 * @param walk any
	 * @return it
	 */
	public static Walk use(Walk walk) {
		return walk;
	}

}
