package dev.dumpkeeper.notify;

import org.jspecify.annotations.Nullable;

/**
 * The result of sending one text or picture.
 *
 * @param outcome what it means for the page
 * @param code the channel's own code; {@code null} if the answer has none
 * @param detail a description on one line of at most 500 characters, without secrets
 */
public record ChannelAnswer(DeliveryOutcome outcome, @Nullable Integer code, String detail) {

}
