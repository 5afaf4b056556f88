package dev.dumpkeeper.retention;

/**
 * Why an object stays.
 */
enum KeepReason {

	/** It does not lie below a retention directory. */
	OUTSIDE,

	/** It is a marker. */
	MARKER,

	/** It was written after the cutoff. */
	YOUNG,

	/** It says that it was written more than a day in the future. */
	FROM_THE_FUTURE,

	/** It is empty and young: a JVM's dump lists as empty for its first seconds. */
	BEING_WRITTEN,

	/** Nobody was told of it. */
	UNNOTIFIED,

	/** People were told too short a time ago. */
	NOTICE,

	/** Somebody holds it. */
	HELD,

	/** It is among the newest of its workload. */
	NEWEST,

	/**
	 * It may be another's: paths are not known ({@code UNKNOWN}), and it does not prove
	 * to be a heap dump, or there is a second key for it.
	 */
	UNPROVEN,

	/** A symbolic link leads to it. */
	LINKED,

	/** Its name cannot be sent back to the gateway. */
	UNUSABLE_NAME

}
