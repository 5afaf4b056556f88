package dev.dumpkeeper.runs;

/**
 * What was asked for did not begin.
 */
public final class JobRefusedException extends RuntimeException {

	private final Reason reason;

	JobRefusedException(Reason reason, String message) {
		super(message);
		this.reason = reason;
	}

	/**
	 * A number that is none of a run.
	 * @return the refusal
	 */
	public static JobRefusedException unknownRun() {
		return new JobRefusedException(Reason.UNKNOWN, "there is no such run");
	}

	/**
	 * Why.
	 * @return the kind of reason; the message says it in one line
	 */
	public Reason reason() {
		return this.reason;
	}

	/** Why something does not begin. */
	public enum Reason {

		/** There is no such job or run. */
		UNKNOWN,

		/** It was asked for wrongly. */
		WRONG,

		/** Another run holds the lease, or the run has ended. */
		BUSY,

		/** The gateway or the database is away. */
		UNAVAILABLE,

		/** Anything else. */
		FAILED

	}

}
