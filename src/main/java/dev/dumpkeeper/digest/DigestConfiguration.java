package dev.dumpkeeper.digest;

import java.time.Clock;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.wecom.Outbox;

/**
 * Publishes digests and daily reports. The outbox finds the links and the digests by
 * their types when it delivers; it knows neither.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DigestProperties.class)
class DigestConfiguration {

	@Bean
	DumpLinks dumpLinks(DumpGateway gateway, DumpLedger ledger, Outbox outbox) {
		return new DumpLinks(gateway, ledger, outbox.linkValidity());
	}

	@Bean
	Digests digests(DumpLedger ledger, Outbox outbox, DigestProperties properties, DumpLinks links, JdbcTemplate jdbc,
			PlatformTransactionManager transactionManager, Clock clock) {
		return new Digests(ledger, outbox, new DigestText(outbox.language(), properties.zone()), links, jdbc,
				new TransactionTemplate(transactionManager), clock);
	}

	@Bean
	DailyReports dailyReports(DumpLedger ledger, Outbox outbox, DigestProperties properties) {
		return new DailyReports(ledger, outbox, properties.zone());
	}

}
