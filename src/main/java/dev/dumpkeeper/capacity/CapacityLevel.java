package dev.dumpkeeper.capacity;

/**
 * How urgent a volume is, from calm to pressing. Metrics tell it as a number, from 0 for
 * {@link #CALM} to 3: the order is a part of what people's alerts rely on.
 */
public enum CapacityLevel {

	/** Nothing to tell. */
	CALM,

	/**
	 * The 90th percentile crosses the threshold within the horizon; with a narrow
	 * {@code capacity.early-margin} the median comes near it too, or there is little
	 * time.
	 */
	EARLY,

	/** The threshold is crossed. */
	HIGH,

	/** Nearly full, or full before the next pass. */
	CRITICAL

}
