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

	/** It is empty and young: a JVM's dump lists as empty for its first seconds. */
	BEING_WRITTEN,

	/** Its name cannot be sent back to the gateway. */
	UNUSABLE_NAME

}
