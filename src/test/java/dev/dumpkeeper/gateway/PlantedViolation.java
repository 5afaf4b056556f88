package dev.dumpkeeper.gateway;

import dev.dumpkeeper.scan.BucketLister;

/**
 * An edge that the table of rooms forbids, planted so that the rule is seen to find one.
 */
public final class PlantedViolation {

	private PlantedViolation() {
	}

	/**
	 * Uses a room that the gateway must not know.
	 * @param lister any
	 * @return it
	 */
	public static BucketLister use(BucketLister lister) {
		return lister;
	}

}
