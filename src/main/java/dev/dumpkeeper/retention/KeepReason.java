package dev.dumpkeeper.retention;

/**
 * Why an object stays.
 */
public enum KeepReason {

	/** It is not below a retention directory. */
	OUTSIDE,

	/** It is a marker. */
	MARKER,

	/** It was written after the cutoff. */
	YOUNG,

	/** It is dated more than a day in the future. */
	FROM_THE_FUTURE,

	/**
	 * It is empty and young: while a JVM starts to write a dump, its size is listed as 0.
	 */
	BEING_WRITTEN,

	/** People were not notified of it. */
	UNNOTIFIED,

	/** The notification was too recent. */
	NOTICE,

	/** It is held. */
	HELD,

	/** It is among the newest of its workload. */
	NEWEST,

	/**
	 * It may be a link to another file: paths are not known ({@code UNKNOWN}), and it is
	 * not known to be a heap dump or has a duplicate key.
	 */
	UNPROVEN,

	/** It is reached through a symbolic link. */
	LINKED,

	/** Its name cannot be used in a request to the gateway. */
	UNUSABLE_NAME

}
