package dev.dumpkeeper.wecom;

/**
 * The call that hands one text to the group.
 */
interface Robot {

	/** Sends it once. Every failure is an answer, too. */
	RobotAnswer send(String markdown);

}
