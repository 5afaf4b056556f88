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
import dev.dumpkeeper.run.NotificationStatus;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.BucketLister;
import dev.dumpkeeper.scan.ObjectClassifier;
import dev.dumpkeeper.scan.VolumeScans;

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
	DumpRepository dumpRows(JdbcTemplate jdbc, PlatformTransactionManager transactionManager) {
		return new DumpRepository(jdbc, new TransactionTemplate(transactionManager));
	}

	// Plans depend on the state of the ledger, so the ledger completes first.
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	LedgerReconciler ledgerScan(DumpRepository rows, DumpNames names, DumpGateway gateway, VolumeScans scans,
			Clock clock) {
		return new LedgerReconciler(rows, names, gateway, scans, clock);
	}

	@Bean
	DumpTriage dumpTriage(DumpRepository rows, FailureRepository failures, DumpGateway gateway,
			ObjectClassifier classifier, LedgerProperties properties, NotificationStatus notifications,
			Progress progress, StopSignal stop, Clock clock) {
		return new DumpTriage(rows, failures, gateway, new DumpRules(classifier, DumpFormats.KNOWN), properties,
				notifications, progress, stop, clock);
	}

	@Bean
	DuplicateDumpSearch duplicateSearch(JdbcTemplate jdbc, DumpGateway gateway, BucketLister lister, Progress progress,
			Clock clock) {
		return new DuplicateDumpSearch(jdbc, gateway, lister, progress, clock);
	}

	@Bean
	FailureRepository knownFailures(JdbcTemplate jdbc) {
		return new FailureRepository(jdbc);
	}

	@Bean
	DumpContentsRepository contentsRows(JdbcTemplate jdbc, PlatformTransactionManager transactionManager) {
		return new DumpContentsRepository(jdbc, new TransactionTemplate(transactionManager));
	}

	@Bean
	DumpContents dumpContents(DumpContentsRepository rows, DumpRepository dumps, FailureRepository failures,
			DumpGateway gateway, ContentsProperties properties, Progress progress, StopSignal stop, Clock clock) {
		return new DumpContents(rows, dumps, failures, gateway, DumpFormats.KNOWN, properties, progress, stop, clock);
	}

	@Bean
	DumpHistory dumpHistory(JdbcTemplate jdbc) {
		return new DumpHistory(jdbc);
	}

	@Bean
	DumpSearch dumpSearch(JdbcTemplate jdbc, FailureRepository failures, DumpContentsRepository contents) {
		return new DumpSearch(jdbc, failures, contents);
	}

	@Bean
	PlannedDumps plannedDumps(JdbcTemplate jdbc, DumpNames names) {
		return new PlannedDumps(jdbc, names);
	}

	@Bean
	RepeatedNotifications repeatedNotifications(JdbcTemplate jdbc) {
		return new RepeatedNotifications(jdbc);
	}

	@Bean
	NewDumpFinder newDumps(LedgerReconciler scan, DumpRepository rows, DuplicateDumpSearch duplicates,
			DumpTriage triage, BucketLister lister, DumpGateway gateway, ObjectClassifier classifier,
			NotificationStatus notifications, Clock clock) {
		return new NewDumpFinder(scan, rows, duplicates, triage, lister, gateway, classifier, notifications, clock);
	}

	@Bean
	DumpLedger dumpLedger(DumpRepository rows, FailureRepository failures, DumpNames names, ObjectClassifier classifier,
			DumpGateway gateway) {
		return new DumpLedger(rows, failures, names, classifier, gateway);
	}

	@Bean
	ReportSection ledgerReport(DumpLedger ledger) {
		return new LedgerSection(ledger);
	}

	@Bean
	ReportSection heapReport(DumpContents contents) {
		return new HeapSection(contents);
	}

}
