package dev.dumpkeeper.wecom;

import org.jspecify.annotations.Nullable;

/**
 * The result of a call to the robot.
 *
 * @param kind whether an answer arrived
 * @param status the HTTP status; 0 without an answer
 * @param errcode the robot's own code; {@code null} if the answer has none
 * @param detail a description on one line, without the robot's key
 */
record RobotAnswer(Kind kind, int status, @Nullable Integer errcode, String detail) {

	static RobotAnswer notSent(String detail) {
		return new RobotAnswer(Kind.NOT_SENT, 0, null, detail);
	}

	static RobotAnswer lost(String detail) {
		return new RobotAnswer(Kind.LOST, 0, null, detail);
	}

	static RobotAnswer answered(int status, @Nullable Integer errcode, String detail) {
		return new RobotAnswer(Kind.ANSWERED, status, errcode, detail);
	}

	enum Kind {

		/** The robot certainly has not received the message. */
		NOT_SENT,

		/** The message may have been sent, and no complete answer arrived. */
		LOST,

		/** A complete answer arrived. */
		ANSWERED

	}

}
