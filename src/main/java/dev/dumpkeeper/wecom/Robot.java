package dev.dumpkeeper.wecom;

/**
 * The call that hands one text or picture to the group.
 */
interface Robot {

	/** Sends it once. Every failure is an answer, too. */
	RobotAnswer send(Content content);

}
