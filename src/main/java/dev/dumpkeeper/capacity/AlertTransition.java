package dev.dumpkeeper.capacity;

/**
 * What is reported about a volume. The names are stored.
 */
enum AlertTransition {

	/** A warning begins. */
	BEGIN,

	/** The level is higher than the one reported before. */
	WORSE,

	/** The same level still holds after a day. */
	REMINDER,

	/** All levels have ended. */
	END

}
