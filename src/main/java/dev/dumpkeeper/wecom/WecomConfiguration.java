package dev.dumpkeeper.wecom;

import java.time.Clock;
import java.util.Optional;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

import dev.dumpkeeper.run.NotificationStatus;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.StopSignal;

/**
 * Publishes the outbox.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WecomProperties.class)
class WecomConfiguration {

	@Bean
	@ConfigurationPropertiesBinding
	static Converter<String, WebhookUrl> webhookUrlConverter() {
		// A lambda would hide the types from the conversion service.
		return new Converter<>() {

			@Override
			public WebhookUrl convert(String source) {
				return new WebhookUrl(source);
			}

		};
	}

	@Bean
	NotificationStatus audience(WecomProperties properties) {
		return new NotificationStatus(properties.webhookUrl() != null);
	}

	@Bean
	Outbox outbox(JdbcTemplate jdbc, PlatformTransactionManager transactions, WecomProperties properties,
			ObjectProvider<PageLinks> links, ObjectProvider<DeliveryListener> listeners, StopSignal stop, Clock clock) {
		WebhookUrl url = properties.webhookUrl();
		Robot robot = (url != null) ? new HttpRobot(url, properties.timeout(), stop) : null;
		return new Outbox(new OutboxRepository(jdbc, transactions, clock), robot, properties,
				() -> links.getIfAvailable(() -> Optional::of), () -> listeners.orderedStream().toList(), stop::pause,
				stop, clock);
	}

	@Bean
	MessageBook messageBook(JdbcTemplate jdbc) {
		return new MessageBook(jdbc);
	}

	@Bean
	ReportSection outboxReport(Outbox outbox) {
		return new OutboxSection(outbox);
	}

}
