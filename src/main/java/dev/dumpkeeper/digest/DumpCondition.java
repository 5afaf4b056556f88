package dev.dumpkeeper.digest;

/**
 * What a dump is found to be when people are told about it. What is still being written
 * has no condition: it waits. The order is that of the explanations on a page.
 */
enum DumpCondition {

	/** It has its end. */
	COMPLETE,

	/** It has no end and is no longer written. */
	TRUNCATED,

	/** A few reads did not find its end, and nobody has read all of it. */
	UNKNOWN,

	/** It holds no byte and is no longer written. */
	EMPTY,

	/** Its receipt says that the JVM could not write it. */
	FAILED,

	/** It does not begin like a heap dump. */
	NOT_A_DUMP,

	/** Nobody found the time to look at it. */
	NOT_LOOKED_AT;

	/** Whether it is no whole dump. */
	boolean isBroken() {
		return this != COMPLETE && this != UNKNOWN && this != NOT_LOOKED_AT;
	}

	/** Whether people have to be told of it. */
	boolean isWorthAWord() {
		return this != COMPLETE;
	}

}
