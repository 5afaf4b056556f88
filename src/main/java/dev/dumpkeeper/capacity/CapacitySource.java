package dev.dumpkeeper.capacity;

/**
 * Who told a number.
 */
public enum CapacitySource {

	/** JuiceFS's metadata database: the directory's quota. */
	METADATA,

	/** {@code dumpkeeper.capacity.limits}. */
	LIMIT,

	/** The last listing, without what was expired after it. */
	LISTING

}
