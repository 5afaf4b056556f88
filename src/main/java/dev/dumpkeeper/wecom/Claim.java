package dev.dumpkeeper.wecom;

import java.time.Duration;

/**
 * Whether a page may be sent now.
 */
sealed interface Claim {

	/**
	 * It may, once, and the attempt is recorded as begun.
	 *
	 * @param attempt the attempt's row id
	 */
	record Granted(long attempt) implements Claim {

	}

	/**
	 * Not yet.
	 *
	 * @param reason why
	 * @param duration how long that can last
	 */
	record Wait(Reason reason, Duration duration) implements Claim {

	}

	/** It is not waiting any more: another process has sent it. */
	record Settled() implements Claim {

	}

	/** Why a page has to wait. */
	enum Reason {

		/** A page is under way: another process has it, or was killed with it. */
		IN_FLIGHT,

		/** We have sent as many in the last minute as a robot takes. */
		OWN_RATE,

		/** The robot has said that it had too many. */
		ROBOT_RATE_LIMITED

	}

}
