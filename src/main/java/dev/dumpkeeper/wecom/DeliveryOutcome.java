package dev.dumpkeeper.wecom;

/**
 * The outcome of sending one page. The names are stored and used as metric labels.
 */
public enum DeliveryOutcome {

	/** Accepted with errcode 0. */
	DELIVERED,

	/** Certainly not delivered, and likely to succeed later. */
	RETRY_LATER,

	/** Above the robot's limit for a minute. */
	TOO_FREQUENT,

	/** Possibly delivered; sent again, so that it may arrive twice. */
	AMBIGUOUS,

	/** The robot will never accept this text, but may accept others. */
	REJECTED_PAGE,

	/**
	 * The robot's address is wrong, or it was removed or disabled. It accepts no page.
	 */
	REJECTED_ROBOT;

	private static final int TOO_MANY_REQUESTS = 429;

	private static final int OK = 200;

	private static final int BUSY = -1;

	/** Whether only manual action can change it. */
	boolean isPermanent() {
		return this == REJECTED_PAGE || this == REJECTED_ROBOT;
	}

	/** Returns the outcome of an answer; the codes are explained in docs/wecom.md. */
	static DeliveryOutcome of(RobotAnswer answer) {
		return switch (answer.kind()) {
			case NOT_SENT -> RETRY_LATER;
			case LOST -> AMBIGUOUS;
			case ANSWERED -> ofStatus(answer);
		};
	}

	/**
	 * Returns the outcome of an answer to a picture. Whatever rejects it, the robot or a
	 * proxy, may accept texts, and a picture is not worth a retry for an unknown code.
	 */
	static DeliveryOutcome ofPicture(RobotAnswer answer) {
		DeliveryOutcome outcome = of(answer);
		if (outcome == REJECTED_ROBOT && answer.status() != OK) {
			return REJECTED_PAGE;
		}
		Integer errcode = answer.errcode();
		return (outcome == RETRY_LATER && errcode != null && errcode != BUSY) ? REJECTED_PAGE : outcome;
	}

	private static DeliveryOutcome ofStatus(RobotAnswer answer) {
		int status = answer.status();
		if (status == TOO_MANY_REQUESTS) {
			return TOO_FREQUENT;
		}
		if (status >= 300 && status < 500) {
			return REJECTED_ROBOT;
		}
		Integer errcode = answer.errcode();
		// A page in HTML or an empty answer may come from a proxy that did forward the
		// message.
		return (status >= 500 || errcode == null) ? AMBIGUOUS : ofErrcode(errcode);
	}

	private static DeliveryOutcome ofErrcode(int errcode) {
		return switch (errcode) {
			case 0 -> DELIVERED;
			case 45009 -> TOO_FREQUENT;
			case 40008, 40058, 44004 -> REJECTED_PAGE;
			case 93000, 93004, 93008 -> REJECTED_ROBOT;
			// -1 is "busy". Unknown codes are retried too.
			default -> RETRY_LATER;
		};
	}

}
