package dev.dumpkeeper.notify.wecom;

import java.time.Duration;

import dev.dumpkeeper.notify.Channel;
import dev.dumpkeeper.notify.ChannelLimits;
import dev.dumpkeeper.notify.Dialect;
import dev.dumpkeeper.notify.Language;
import dev.dumpkeeper.run.StopSignal;

/**
 * Makes the channel and its dialect for tests of other rooms.
 */
public final class TestWecom {

	/** Publishes the channel. */
	public static final Class<?> CONFIGURATION = WecomConfiguration.class;

	/** The robot's dialect. */
	public static final Dialect DIALECT = new WecomMarkdown();

	/** What the robot accepts. */
	public static final ChannelLimits LIMITS = WecomChannel.LIMITS;

	private TestWecom() {
	}

	/**
	 * A channel to a robot.
	 * @param url the robot's address
	 * @param timeout how long a call may take
	 * @param stop ends calls
	 * @return the channel, which tries for 2 minutes
	 */
	public static Channel channel(String url, Duration timeout, StopSignal stop) {
		return new WecomChannel(new WecomProperties(new WebhookUrl(url), Language.EN, Duration.ofHours(24), timeout,
				Duration.ofMinutes(2)), stop);
	}

}
