package dev.dumpkeeper.wecom;

/**
 * Sends one text or picture to the group.
 */
interface Robot {

	/** Sends it once. Returns an answer for every failure. */
	RobotAnswer send(Content content);

}
