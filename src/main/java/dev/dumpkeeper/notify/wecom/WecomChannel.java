package dev.dumpkeeper.notify.wecom;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.notify.Channel;
import dev.dumpkeeper.notify.ChannelAnswer;
import dev.dumpkeeper.notify.ChannelLimits;
import dev.dumpkeeper.notify.DeliverySettings;
import dev.dumpkeeper.notify.Dialect;
import dev.dumpkeeper.notify.Picture;
import dev.dumpkeeper.run.StopSignal;

/**
 * The robot of a WeCom group.
 */
final class WecomChannel implements Channel {

	/**
	 * 4096 bytes of markdown, pictures of 2 MB before they are encoded, and 20 messages a
	 * minute.
	 */
	static final ChannelLimits LIMITS = new ChannelLimits(4096, 2 * 1024 * 1024, 20, Duration.ofMinutes(1));

	private final WecomProperties properties;

	private final @Nullable HttpRobot robot;

	private final Dialect dialect = new WecomMarkdown();

	WecomChannel(WecomProperties properties, StopSignal stop) {
		this.properties = properties;
		WebhookUrl url = properties.webhookUrl();
		this.robot = (url != null) ? new HttpRobot(url, properties.timeout(), stop) : null;
	}

	@Override
	public Optional<String> recipient() {
		return Optional.ofNullable(this.properties.webhookUrl()).map(WebhookUrl::robot);
	}

	@Override
	public DeliverySettings settings() {
		return new DeliverySettings(this.properties.language(), this.properties.linkValidity(),
				this.properties.timeout(), this.properties.retryFor());
	}

	@Override
	public ChannelLimits limits() {
		return LIMITS;
	}

	@Override
	public Dialect dialect() {
		return this.dialect;
	}

	@Override
	public ChannelAnswer send(String text) {
		return Objects.requireNonNull(this.robot).send(text).toText();
	}

	@Override
	public ChannelAnswer send(Picture picture) {
		return Objects.requireNonNull(this.robot).send(picture).toPicture();
	}

}
