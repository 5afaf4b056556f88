package dev.dumpkeeper.retention;

import java.time.Clock;
import java.util.concurrent.Executors;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.ledger.DumpHistory;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.RetentionDirectories;
import dev.dumpkeeper.run.NotificationStatus;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.BucketLister;
import dev.dumpkeeper.scan.FileStats;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectClassifier;
import dev.dumpkeeper.scan.Plausibility;
import dev.dumpkeeper.scan.VolumeScans;
import dev.dumpkeeper.scan.VolumeSelector;

/**
 * Publishes markers, planning, sweep and their report.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ RetentionProperties.class, MarkerProperties.class, BrakeProperties.class })
class RetentionConfiguration {

	@Bean
	@ConfigurationPropertiesBinding
	static Converter<String, DirectoryPath> directoryPathConverter() {
		// A lambda would hide the types from the conversion service.
		return new Converter<>() {

			@Override
			public DirectoryPath convert(String source) {
				return new DirectoryPath(source);
			}

		};
	}

	@Bean
	ObjectClassifier objectKinds(RetentionProperties properties) {
		return new ObjectClassifier(new Globs(properties.dumpPatterns()));
	}

	@Bean
	Plausibility plausibility(BrakeProperties properties) {
		return new Plausibility(properties.maxShrink());
	}

	@Bean
	RetentionDirectories retentionDirectories(RetentionProperties properties) {
		return new RetentionDirectories(properties.directories().stream().map(DirectoryPath::value).toList(),
				properties.keepNewest());
	}

	@Bean
	RetentionPolicy retentionPolicy(RetentionProperties retention, MarkerProperties marker,
			NotificationStatus notifications, DumpGateway gateway) {
		return new RetentionPolicy(retention, marker, notifications.notificationsEnabled(), gateway.pathTrust(),
				gateway::pathTrust);
	}

	@Bean
	KeepMarkers keepMarkers(DumpGateway gateway, VolumeSelector selector, MarkerRepository markers,
			MarkerProperties properties, Clock clock) {
		return new KeepMarkers(gateway, selector, markers, properties, clock);
	}

	@Bean
	ExpiryItemRepository expiryItems(JdbcTemplate jdbc, PlatformTransactionManager transactionManager) {
		return new ExpiryItemRepository(jdbc, new TransactionTemplate(transactionManager));
	}

	@Bean
	Quarantine quarantine(JdbcTemplate jdbc) {
		return new Quarantine(jdbc);
	}

	@Bean
	ExpiryPlans plans(ExpiryPlanRepository plans, VolumePlanRepository volumePlans, RetentionPolicy policy,
			BrakeProperties brake) {
		return new ExpiryPlans(plans, volumePlans, policy, new SweepBrake(brake));
	}

	@Bean
	RetentionLedger retentionLedger(RetentionPolicy policy, DumpLedger ledger, ObjectClassifier classifier) {
		return new RetentionLedger(policy, ledger, classifier);
	}

	@Bean
	ExpiryPlanner expiryPlanner(ExpiryPlans plans, VolumePlanRepository volumePlans, ExpiryItemRepository items,
			Quarantine quarantine, RetentionPolicy policy, RetentionLedger ledger, Clock clock) {
		return new ExpiryPlanner(plans, volumePlans, items, quarantine, policy, ledger, clock);
	}

	@Bean(destroyMethod = "shutdownNow")
	ParallelBatches.Workers sweepWorkers(RetentionProperties properties, RetryTemplate deleteRetry) {
		return new ParallelBatches.Workers(
				Executors.newFixedThreadPool(properties.parallelBatches(), new CustomizableThreadFactory("sweep-")),
				properties.parallelBatches(), deleteRetry);
	}

	@Bean
	SweepJournal.Records sweepRecords(ExpiryPlans plans, VolumePlanRepository volumePlans, ExpiryItemRepository items,
			Quarantine quarantine, Progress progress, Clock clock) {
		return new SweepJournal.Records(plans, volumePlans, items, quarantine, progress, clock);
	}

	@Bean
	ExpirySweep expirySweep(DumpGateway gateway, SweepJournal.Records records, KeepMarkers markers,
			RetentionPolicy policy, RetentionLedger ledger, BucketLister lister, FileStats stats,
			ParallelBatches.Workers workers, StopSignal stop) {
		return new ExpirySweep(gateway, records, markers, policy, ledger, lister, stats, workers, stop);
	}

	@Bean
	DuplicateKeyFilter secondKeys(DumpGateway gateway, BucketLister lister, ExpiryPlans plans,
			VolumePlanRepository volumePlans, ExpiryItemRepository items, ObjectClassifier classifier,
			Progress progress, Clock clock) {
		return new DuplicateKeyFilter(gateway, lister, plans, volumePlans, items, classifier, progress, clock);
	}

	@Bean
	RetentionSummary retentionReport(ExpiryPlans plans, ExpiryItemRepository items, Quarantine quarantine,
			MarkerRepository markers) {
		return new RetentionSummary(plans, items, quarantine, markers);
	}

	@Bean
	ReportSection retentionSection(RetentionSummary retention, UnmatchedSelectors selectors, VolumeScans scans,
			DumpGateway gateway) {
		return new RetentionSection(retention, selectors, scans, gateway);
	}

	@Bean
	UnmatchedSelectors unmatchedSelectors(RetentionProperties retention, MarkerProperties marker) {
		return new UnmatchedSelectors(retention, marker);
	}

	@Bean
	ExpectedExpiries expectedExpiries(RetentionProperties properties, NotificationStatus notifications,
			DumpHistory history, RetentionLedger ledger, Clock clock) {
		return new ExpectedExpiries(properties, notifications, history, ledger, clock);
	}

	@Bean
	PlanBook planBook(ExpiryPlanRepository plans, VolumePlanRepository volumePlans, ExpiryItemRepository items,
			Quarantine quarantine) {
		return new PlanBook(plans, volumePlans, items, quarantine);
	}

	@Bean
	RetentionOperations retention(ExpiryPlans plans, ExpiryItemRepository items, Quarantine quarantine,
			MarkerProperties markers) {
		return new RetentionOperations(plans, items, quarantine,
				markers.directories().stream().map(DirectoryPath::toString).toList());
	}

}
