package dev.dumpkeeper.capacity;

/**
 * The source of a number.
 */
public enum CapacitySource {

	/** JuiceFS's metadata database: the directory's quota. */
	METADATA,

	/** The gateway's Prometheus page, which covers only the file system as a whole. */
	METRICS,

	/** {@code dumpkeeper.capacity.limits}. */
	LIMIT,

	/** The last listing, minus what expired after it. */
	LISTING

}
