package dev.dumpkeeper.wecom;

/**
 * What came of sending one page. The names are stored and serve as labels.
 */
public enum DeliveryOutcome {

	/** Accepted with errcode 0. */
	DELIVERED,

	/** Surely not delivered, and likely to work later. */
	RETRY_LATER,

	/** More than the robot takes in a minute. */
	TOO_FREQUENT,

	/** Nobody knows whether it was delivered; it is sent again and may come twice. */
	AMBIGUOUS,

	/** This text will never be accepted. Other pages may be. */
	REJECTED_PAGE,

	/** The robot is wrong, removed or disabled. No page would be accepted. */
	REJECTED_ROBOT;

	private static final int TOO_MANY_REQUESTS = 429;

	private static final int OK = 200;

	private static final int BUSY = -1;

	/** Whether it stays like this until a person acts. */
	boolean isPermanent() {
		return this == REJECTED_PAGE || this == REJECTED_ROBOT;
	}

	/** Judges an answer; the codes are explained in docs/wecom.md. */
	static DeliveryOutcome of(RobotAnswer answer) {
		return switch (answer.kind()) {
			case NOT_SENT -> RETRY_LATER;
			case LOST -> AMBIGUOUS;
			case ANSWERED -> ofStatus(answer);
		};
	}

	/**
	 * Judges the answer to a picture. Whatever dislikes it, the robot or something on the
	 * way, may like texts; and a picture is not worth asking again for a code that nobody
	 * here knows.
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
		// A page in HTML or nothing at all may come from a proxy that did pass the
		// message on.
		return (status >= 500 || errcode == null) ? AMBIGUOUS : ofErrcode(errcode);
	}

	private static DeliveryOutcome ofErrcode(int errcode) {
		return switch (errcode) {
			case 0 -> DELIVERED;
			case 45009 -> TOO_FREQUENT;
			case 40008, 40058, 44004 -> REJECTED_PAGE;
			case 93000, 93004, 93008 -> REJECTED_ROBOT;
			// -1 is "busy". A code that nobody here knows is not given up on.
			default -> RETRY_LATER;
		};
	}

}
