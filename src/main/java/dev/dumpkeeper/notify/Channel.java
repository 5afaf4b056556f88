package dev.dumpkeeper.notify;

import java.util.Optional;

/**
 * A way to reach people, such as the robot of a messenger's group. It holds everything
 * that only this messenger knows; what is common to all of them is the outbox's.
 */
public interface Channel {

	/**
	 * Returns an identifier of the recipient, by which the database keeps its rate.
	 * @return 1 to 32 characters that do not reveal the address; empty if none is
	 * configured, and then nothing is sent
	 */
	Optional<String> recipient();

	/**
	 * Returns how messages are written and for how long sending them is tried.
	 * @return as configured
	 */
	DeliverySettings settings();

	/**
	 * Returns what the channel accepts.
	 * @return its limits
	 */
	ChannelLimits limits();

	/**
	 * Returns how texts are written.
	 * @return its dialect
	 */
	Dialect dialect();

	/**
	 * Sends a text once.
	 * @param text in the channel's dialect, within its limits
	 * @return an answer for every failure, including that of the network
	 */
	ChannelAnswer send(String text);

	/**
	 * Sends a picture once.
	 * @param picture a picture within its limits
	 * @return an answer for every failure; {@link DeliveryOutcome#REJECTED_PAGE} drops
	 * the picture
	 */
	ChannelAnswer send(Picture picture);

}
