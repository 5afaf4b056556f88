package dev.dumpkeeper.runs;

/**
 * A request that was not started.
 */
public final class JobRefusedException extends RuntimeException {

	private final Reason reason;

	JobRefusedException(Reason reason, String message) {
		super(message);
		this.reason = reason;
	}

	/**
	 * Creates the exception for a number that is not that of a run.
	 * @return the refusal
	 */
	public static JobRefusedException unknownRun() {
		return new JobRefusedException(Reason.UNKNOWN, "there is no such run");
	}

	/**
	 * Returns the reason.
	 * @return the kind of reason; the message explains it in one line
	 */
	public Reason reason() {
		return this.reason;
	}

	/** Why a request was not started. */
	public enum Reason {

		/** There is no such job or run. */
		UNKNOWN,

		/** The request is invalid. */
		WRONG,

		/** Another run holds the lease, or the run has ended. */
		BUSY,

		/** The gateway or the database is unavailable. */
		UNAVAILABLE,

		/** Anything else. */
		FAILED

	}

}
