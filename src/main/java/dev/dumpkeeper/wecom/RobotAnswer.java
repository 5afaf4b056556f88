package dev.dumpkeeper.wecom;

import org.jspecify.annotations.Nullable;

/**
 * What came back from a call to the robot.
 *
 * @param kind whether anything did
 * @param status the HTTP status; 0 without an answer
 * @param errcode the robot's own code; {@code null} where the answer has none
 * @param words the same for a person, on one line, without the robot's key
 */
record RobotAnswer(Kind kind, int status, @Nullable Integer errcode, String words) {

	static RobotAnswer notSent(String words) {
		return new RobotAnswer(Kind.NOT_SENT, 0, null, words);
	}

	static RobotAnswer lost(String words) {
		return new RobotAnswer(Kind.LOST, 0, null, words);
	}

	static RobotAnswer answered(int status, @Nullable Integer errcode, String words) {
		return new RobotAnswer(Kind.ANSWERED, status, errcode, words);
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
