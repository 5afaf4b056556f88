package dev.dumpkeeper.notify;

import java.time.Clock;
import java.util.Optional;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

import dev.dumpkeeper.run.NotificationStatus;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.StopSignal;

/**
 * Publishes the outbox of the one channel.
 */
@Configuration(proxyBeanMethods = false)
class NotifyConfiguration {

	@Bean
	MessageBook messageBook(JdbcTemplate jdbc) {
		return new MessageBook(jdbc);
	}

	@Bean
	NotificationStatus audience(Channel channel) {
		return new NotificationStatus(channel.recipient().isPresent());
	}

	@Bean
	Outbox outbox(JdbcTemplate jdbc, PlatformTransactionManager transactions, Channel channel,
			ObjectProvider<PageLinks> links, ObjectProvider<DeliveryListener> listeners, StopSignal stop, Clock clock) {
		return new Outbox(new OutboxRepository(jdbc, transactions, channel.limits(), clock), channel,
				() -> links.getIfAvailable(() -> Optional::of), () -> listeners.orderedStream().toList(), stop::pause,
				stop, clock);
	}

	@Bean
	ReportSection outboxReport(Outbox outbox) {
		return new OutboxSection(outbox);
	}

}
