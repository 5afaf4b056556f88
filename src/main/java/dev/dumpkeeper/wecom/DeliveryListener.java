package dev.dumpkeeper.wecom;

import java.time.Instant;

/**
 * Is notified of each page that the robot has accepted.
 */
@FunctionalInterface
public interface DeliveryListener {

	/**
	 * Called once for each accepted page, inside the transaction that records it, so that
	 * both are committed or rolled back together. The call is repeated when the
	 * transaction had to be rolled back.
	 * @param message the number that {@link Outbox#post} returned
	 * @param page counted from 1
	 * @param at when the answer arrived
	 * @throws RuntimeException reverts the acceptance: the page counts as not delivered,
	 * is sent again, and the delivery in progress ends with this exception
	 */
	void delivered(long message, int page, Instant at);

}
