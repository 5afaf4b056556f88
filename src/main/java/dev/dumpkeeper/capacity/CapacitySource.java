package dev.dumpkeeper.capacity;

/**
 * Who told a number.
 */
public enum CapacitySource {

	/** JuiceFS's metadata database: the directory's quota. */
	METADATA,

	/** The gateway's page for Prometheus, which knows the file system as a whole. */
	METRICS,

	/** {@code dumpkeeper.capacity.limits}. */
	LIMIT,

	/** The last listing, without what was expired after it. */
	LISTING

}
