package dev.dumpkeeper.wecom;

import java.time.Instant;

/**
 * Hears of each page that the robot has accepted.
 */
@FunctionalInterface
public interface DeliveryListener {

	/**
	 * A page was accepted. Called once for each page, inside the transaction that records
	 * it: what is written here stands or falls with that record. The call is repeated
	 * when the transaction had to be rolled back.
	 * @param message the number that {@link Outbox#post} gave
	 * @param page counted from 1
	 * @param at when the answer arrived
	 * @throws RuntimeException takes the acceptance back: the page counts as not
	 * delivered, is sent again, and the delivery under way ends with this exception
	 */
	void delivered(long message, int page, Instant at);

}
