package dev.dumpkeeper.notify;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import dev.dumpkeeper.notify.wecom.TestWecom;

/**
 * A channel without a network.
 *
 * @param robot gets each text or picture
 */
record TestChannel(Optional<String> recipient, DeliverySettings settings, ChannelLimits limits, Dialect dialect,
		Function<Object, ChannelAnswer> robot) implements Channel {

	static TestChannel to(String recipient, Function<Object, ChannelAnswer> robot) {
		return new TestChannel(Optional.of(recipient), settings(Duration.ofMinutes(2)), TestWecom.LIMITS,
				TestWecom.DIALECT, robot);
	}

	private static DeliverySettings settings(Duration retryFor) {
		return new DeliverySettings(Language.EN, Duration.ofHours(24), Duration.ofSeconds(10), retryFor);
	}

	/** The same, which is not tried again. */
	TestChannel hasty() {
		return new TestChannel(this.recipient, settings(Duration.ZERO), this.limits, this.dialect, this.robot);
	}

	/** The same, before it is configured. */
	TestChannel withoutRecipient() {
		return new TestChannel(Optional.empty(), this.settings, this.limits, this.dialect, this.robot);
	}

	@Override
	public ChannelAnswer send(String text) {
		return this.robot.apply(text);
	}

	@Override
	public ChannelAnswer send(Picture picture) {
		return this.robot.apply(picture);
	}

}
