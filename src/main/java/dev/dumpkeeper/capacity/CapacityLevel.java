package dev.dumpkeeper.capacity;

/**
 * How urgent a volume is. Metrics expose the level as a number, from 0 for {@link #CALM}
 * to 3, so alert rules rely on the order.
 */
public enum CapacityLevel {

	/** No warning. */
	CALM,

	/**
	 * P90 crosses the threshold within the horizon. With a narrow
	 * {@code capacity.early-margin} P50 comes near it too, or P90 crosses it within two
	 * passes.
	 */
	EARLY,

	/** The threshold is crossed. */
	HIGH,

	/** Nearly full, or expected to be full before the next pass. */
	CRITICAL

}
