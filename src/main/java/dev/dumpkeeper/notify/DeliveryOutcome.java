package dev.dumpkeeper.notify;

/**
 * The outcome of sending one page. The names are stored and used as metric labels.
 */
public enum DeliveryOutcome {

	/** Accepted. */
	DELIVERED,

	/** Certainly not delivered, and likely to succeed later. */
	RETRY_LATER,

	/** Above the channel's rate. */
	TOO_FREQUENT,

	/** Possibly delivered; sent again, so that it may arrive twice. */
	AMBIGUOUS,

	/** The channel will never accept this text, but may accept others. */
	REJECTED_PAGE,

	/**
	 * The recipient's address is wrong, or it was removed or disabled. It accepts no
	 * page.
	 */
	REJECTED_ROBOT;

	/** Whether only manual action can change it. */
	boolean isPermanent() {
		return this == REJECTED_PAGE || this == REJECTED_ROBOT;
	}

}
