package dev.dumpkeeper.notify.wecom;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import dev.dumpkeeper.notify.Language;

/**
 * The group robot and its calls.
 *
 * @param webhookUrl the robot's address with its key, a secret; without one nobody is
 * notified
 * @param language the language of messages
 * @param linkValidity how long a download link in a message works; S3 allows 7 days
 * @param timeout how long one call to the robot may take, half of it for the connection
 * @param retryFor how long one run keeps trying while the robot fails; undelivered pages
 * are then left for a later run
 */
@Validated
@ConfigurationProperties("dumpkeeper.wecom")
record WecomProperties(@Nullable WebhookUrl webhookUrl, @DefaultValue("zh") Language language,
		@DefaultValue("24h") @DurationMin(minutes = 1) @DurationMax(days = 7) Duration linkValidity,
		@DefaultValue("10s") @DurationMin(seconds = 1) @DurationMax(minutes = 1) Duration timeout,
		@DefaultValue("2m") @DurationMin Duration retryFor) {

	WecomProperties {
		if (webhookUrl != null && !webhookUrl.isUsable()) {
			// Omits the value entirely, since any part may contain the key.
			throw new IllegalArgumentException(
					webhookUrl.value().isEmpty() ? "dumpkeeper.wecom.webhook-url is empty: set it or remove it"
							: "dumpkeeper.wecom.webhook-url is invalid; expected an address such as "
									+ "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=..., without a user");
		}
	}

}
