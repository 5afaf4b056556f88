package dev.dumpkeeper.retention;

/**
 * What became of an item of a plan. No outcome means: not tried yet.
 */
public enum Outcome {

	/**
	 * Written before a delete is sent. It stays when the answer was lost, because this
	 * process was killed or the gateway failed; the continued run or the next scan then
	 * tells what happened.
	 */
	DELETE_SENT,

	/** The gateway took the delete, and nothing proved it yet; the next scan does. */
	DELETE_ACCEPTED,

	/** Deleted by us and verified. */
	DELETED,

	/** Written again since it was listed: kept. */
	CHANGED,

	/** Held by somebody, or still to be told, when its turn came. */
	KEPT,

	/** Gone before it was our turn. */
	ALREADY_GONE,

	/** Failed too often lately to be tried this time. */
	QUARANTINED,

	/** Still there after every try. */
	FAILED

}
