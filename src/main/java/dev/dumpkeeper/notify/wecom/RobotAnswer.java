package dev.dumpkeeper.notify.wecom;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.notify.ChannelAnswer;
import dev.dumpkeeper.notify.DeliveryOutcome;

/**
 * The result of a call to the robot.
 *
 * @param kind whether an answer arrived
 * @param status the HTTP status; 0 without an answer
 * @param errcode the robot's own code; {@code null} if the answer has none
 * @param detail a description on one line, without the robot's key
 */
record RobotAnswer(Kind kind, int status, @Nullable Integer errcode, String detail) {

	private static final int TOO_MANY_REQUESTS = 429;

	private static final int OK = 200;

	private static final int BUSY = -1;

	static RobotAnswer notSent(String detail) {
		return new RobotAnswer(Kind.NOT_SENT, 0, null, detail);
	}

	static RobotAnswer lost(String detail) {
		return new RobotAnswer(Kind.LOST, 0, null, detail);
	}

	static RobotAnswer answered(int status, @Nullable Integer errcode, String detail) {
		return new RobotAnswer(Kind.ANSWERED, status, errcode, detail);
	}

	ChannelAnswer toText() {
		return new ChannelAnswer(outcome(), this.errcode, this.detail);
	}

	ChannelAnswer toPicture() {
		return new ChannelAnswer(outcomeOfPicture(), this.errcode, this.detail);
	}

	/** Returns what it means for a text; the codes are explained in docs/wecom.md. */
	DeliveryOutcome outcome() {
		return switch (this.kind) {
			case NOT_SENT -> DeliveryOutcome.RETRY_LATER;
			case LOST -> DeliveryOutcome.AMBIGUOUS;
			case ANSWERED -> ofStatus();
		};
	}

	/**
	 * Returns what it means for a picture. Whatever rejects it, the robot or a proxy, may
	 * accept texts, and a picture is not worth a retry for an unknown code.
	 */
	DeliveryOutcome outcomeOfPicture() {
		DeliveryOutcome outcome = outcome();
		if (outcome == DeliveryOutcome.REJECTED_ROBOT && this.status != OK) {
			return DeliveryOutcome.REJECTED_PAGE;
		}
		return (outcome == DeliveryOutcome.RETRY_LATER && this.errcode != null && this.errcode != BUSY)
				? DeliveryOutcome.REJECTED_PAGE : outcome;
	}

	private DeliveryOutcome ofStatus() {
		if (this.status == TOO_MANY_REQUESTS) {
			return DeliveryOutcome.TOO_FREQUENT;
		}
		if (this.status >= 300 && this.status < 500) {
			return DeliveryOutcome.REJECTED_ROBOT;
		}
		// A page in HTML or an empty answer may come from a proxy that did forward the
		// message.
		return (this.status >= 500 || this.errcode == null) ? DeliveryOutcome.AMBIGUOUS : ofErrcode(this.errcode);
	}

	private static DeliveryOutcome ofErrcode(int errcode) {
		return switch (errcode) {
			case 0 -> DeliveryOutcome.DELIVERED;
			case 45009 -> DeliveryOutcome.TOO_FREQUENT;
			case 40008, 40058, 44004 -> DeliveryOutcome.REJECTED_PAGE;
			case 93000, 93004, 93008 -> DeliveryOutcome.REJECTED_ROBOT;
			// -1 is "busy". Unknown codes are retried too.
			default -> DeliveryOutcome.RETRY_LATER;
		};
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
