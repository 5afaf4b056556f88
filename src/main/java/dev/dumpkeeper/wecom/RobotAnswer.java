package dev.dumpkeeper.wecom;

import org.jspecify.annotations.Nullable;

/**
 * What came back from a call to the robot.
 *
 * @param kind whether anything did
 * @param status the HTTP status; 0 without an answer
 * @param errcode the robot's own code; {@code null} where the answer has none
 * @param detail the same for a person, on one line, without the robot's key
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

		/** The robot surely has not seen the message. */
		NOT_SENT,

		/** The message was under way and no complete answer came. */
		LOST,

		/** A complete answer came. */
		ANSWERED

	}

}
