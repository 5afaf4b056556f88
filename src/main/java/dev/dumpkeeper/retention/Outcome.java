package dev.dumpkeeper.retention;

/**
 * The outcome of an item of a plan. An item without an outcome was not tried yet.
 */
public enum Outcome {

	/**
	 * Recorded before a delete is sent. It remains when the answer was lost, because this
	 * process was killed or the gateway failed; the continued run or the next scan then
	 * determines the outcome.
	 */
	DELETE_SENT,

	/** The gateway accepted the delete, which the next scan verifies. */
	DELETE_ACCEPTED,

	/** Deleted by this service and verified. */
	DELETED,

	/** Written again since it was listed, so kept. */
	CHANGED,

	/** Held, or not reported to people yet, when its turn came. */
	KEPT,

	/** Gone before its turn came. */
	ALREADY_GONE,

	/** Not tried because it failed too often recently. */
	QUARANTINED,

	/** Still present after every attempt. */
	FAILED

}
