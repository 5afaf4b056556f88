package dev.dumpkeeper.ledger;

import java.time.Clock;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.run.Audience;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.ObjectKinds;
import dev.dumpkeeper.scan.Scans;
import dev.dumpkeeper.scan.Walk;

/**
 * Publishes the ledger.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ LedgerProperties.class, ContentsProperties.class })
class LedgerConfiguration {

	@Bean
	DumpNames dumpNames(LedgerProperties properties, RetentionDirectories retention) {
		return new DumpNames(properties.namePatterns(), retention.directories());
	}

	@Bean
	DumpRows dumpRows(JdbcTemplate jdbc, PlatformTransactionManager transactionManager) {
		return new DumpRows(jdbc, new TransactionTemplate(transactionManager));
	}

	// What a plan leaves out is read from the ledger, so the ledger completes first.
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	LedgerScan ledgerScan(DumpRows rows, DumpNames names, DumpGateway gateway, Scans scans, Clock clock) {
		return new LedgerScan(rows, names, gateway, scans, clock);
	}

	@Bean
	DumpLook dumpLook(DumpRows rows, KnownFailures failures, DumpGateway gateway, ObjectKinds kinds,
			LedgerProperties properties, Audience audience, Progress progress, StopSignal stop, Clock clock) {
		return new DumpLook(rows, failures, gateway, kinds, properties, audience, progress, stop, clock);
	}

	@Bean
	TwinSearch twinSearch(JdbcTemplate jdbc, DumpGateway gateway, Walk walk, Progress progress, Clock clock) {
		return new TwinSearch(jdbc, gateway, walk, progress, clock);
	}

	@Bean
	KnownFailures knownFailures(JdbcTemplate jdbc) {
		return new KnownFailures(jdbc);
	}

	@Bean
	ContentsRows contentsRows(JdbcTemplate jdbc, PlatformTransactionManager transactionManager) {
		return new ContentsRows(jdbc, new TransactionTemplate(transactionManager));
	}

	@Bean
	DumpContents dumpContents(ContentsRows rows, DumpRows dumps, KnownFailures failures, DumpGateway gateway,
			ContentsProperties properties, Progress progress, StopSignal stop, Clock clock) {
		return new DumpContents(rows, dumps, failures, gateway, properties, progress, stop, clock);
	}

	@Bean
	DumpHistory dumpHistory(JdbcTemplate jdbc) {
		return new DumpHistory(jdbc);
	}

	@Bean
	NewDumps newDumps(LedgerScan scan, DumpRows rows, TwinSearch twins, DumpLook look, Walk walk, DumpGateway gateway,
			ObjectKinds kinds, Audience audience, Clock clock) {
		return new NewDumps(scan, rows, twins, look, walk, gateway, kinds, audience, clock);
	}

	@Bean
	DumpLedger dumpLedger(DumpRows rows, KnownFailures failures, ContentsRows contents, DumpNames names,
			ObjectKinds kinds, DumpGateway gateway) {
		return new DumpLedger(rows, failures, contents, names, kinds, gateway);
	}

	@Bean
	ReportSection ledgerReport(DumpLedger ledger) {
		return new LedgerReport(ledger);
	}

	@Bean
	ReportSection heapReport(DumpContents contents) {
		return new HeapReport(contents);
	}

}
