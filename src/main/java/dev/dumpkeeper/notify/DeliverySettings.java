package dev.dumpkeeper.notify;

import java.time.Duration;

/**
 * How messages are written, and for how long sending them is tried.
 *
 * @param language the language of messages
 * @param linkValidity how long a link in a message should work, 1 minute to 7 days
 * @param timeout how long one call to the channel may take
 * @param retryFor how long one run keeps trying while the channel fails
 */
public record DeliverySettings(Language language, Duration linkValidity, Duration timeout, Duration retryFor) {

}
