package dev.dumpkeeper.notify;

import java.time.Duration;

/**
 * What a channel accepts.
 *
 * @param sentBytes the maximum size of a text in bytes of UTF-8; a longer one is not sent
 * @param pictureBytes the maximum size of a picture in bytes; 0 for none, larger ones are
 * left out
 * @param messages how many messages it accepts in a window from all senders together, 1
 * or more
 * @param window the window, which is also the wait after
 * {@link DeliveryOutcome#TOO_FREQUENT}
 */
public record ChannelLimits(int sentBytes, int pictureBytes, int messages, Duration window) {

}
