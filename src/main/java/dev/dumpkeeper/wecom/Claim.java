package dev.dumpkeeper.wecom;

import java.time.Duration;

/**
 * Whether a page may be sent now.
 */
sealed interface Claim {

	/**
	 * The page may be sent once; the start of the attempt is recorded.
	 *
	 * @param attempt the attempt's row id
	 */
	record Granted(long attempt) implements Claim {

	}

	/**
	 * The page has to wait.
	 *
	 * @param reason why
	 * @param duration the maximum wait
	 */
	record Wait(Reason reason, Duration duration) implements Claim {

	}

	/** Another process has sent the page. */
	record Settled() implements Claim {

	}

	/** Why a page has to wait. */
	enum Reason {

		/** An attempt is in progress, in another process or in one that was killed. */
		IN_FLIGHT,

		/** This service has sent the robot's maximum in the last minute. */
		OWN_RATE,

		/** The robot reported too many messages. */
		ROBOT_RATE_LIMITED

	}

}
