package dev.dumpkeeper.digest;

import java.time.Clock;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.Signer;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.FailureRepository;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.run.ConditionalOnSignIn;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.ReportingZone;

/**
 * Publishes digests and daily reports. The outbox finds links and digests by type when it
 * delivers, so that it depends on neither.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PublicUrlProperties.class)
class DigestConfiguration {

	@Bean
	DownloadAddresses downloadAddresses(DumpGateway gateway, DumpLedger ledger) {
		return new DownloadAddresses(gateway, ledger);
	}

	@Bean
	ShortLinks shortLinks(PublicUrlProperties properties, Signer signer, DumpLedger ledger,
			DownloadAddresses addresses) {
		return new ShortLinks(properties.publicUrl(), signer, ledger, addresses);
	}

	/** Matches when the console exists. */
	@Bean
	@ConditionalOnSignIn
	ConsoleLinks consoleLinks(PublicUrlProperties properties) {
		return new ConsoleLinks(properties.publicUrl());
	}

	@Bean
	@ConditionalOnMissingBean
	ConsoleLinks noConsoleLinks() {
		return new ConsoleLinks(null);
	}

	@Bean
	DumpLinks dumpLinks(DownloadAddresses addresses, DumpLedger ledger, ShortLinks shortLinks, ConsoleLinks console,
			Outbox outbox) {
		return new DumpLinks(addresses, ledger, shortLinks, console, outbox.dialect(), outbox.linkValidity());
	}

	@Bean
	Digests digests(DumpLedger ledger, FailureRepository failures, Outbox outbox, ReportingZone zone, DumpLinks links,
			JdbcTemplate jdbc, PlatformTransactionManager transactionManager, Clock clock) {
		TransactionTemplate transaction = new TransactionTemplate(transactionManager);
		// READ COMMITTED: rows must be read as of lock acquisition.
		transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		return new Digests(ledger, failures, outbox, zone.id(), links, jdbc, transaction, clock);
	}

	@Bean
	DailyReports dailyReports(DumpLedger ledger, Outbox outbox, ReportingZone zone, ConsoleLinks console) {
		return new DailyReports(ledger, outbox, zone.id(), console);
	}

	@Bean
	ReportSection digestReport(Digests digests) {
		return new DigestSection(digests);
	}

}
