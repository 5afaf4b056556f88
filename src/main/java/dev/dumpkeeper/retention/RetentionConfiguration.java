package dev.dumpkeeper.retention;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.ledger.DumpHistory;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.RetentionDirectories;
import dev.dumpkeeper.run.Audience;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.FileLooks;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectKinds;
import dev.dumpkeeper.scan.Plausibility;
import dev.dumpkeeper.scan.Scans;
import dev.dumpkeeper.scan.VolumeCatalogue;
import dev.dumpkeeper.scan.Walk;

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
	ObjectKinds objectKinds(RetentionProperties properties) {
		return new ObjectKinds(new Globs(properties.dumpPatterns()));
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
	RetentionPolicy retentionPolicy(RetentionProperties retention, MarkerProperties marker, Audience audience,
			DumpGateway gateway) {
		return new RetentionPolicy(retention, marker, audience.notificationsEnabled(), gateway.pathTrust());
	}

	@Bean
	KeepMarkers keepMarkers(DumpGateway gateway, VolumeCatalogue catalogue, MarkerRepository markers,
			MarkerProperties properties, Clock clock) {
		return new KeepMarkers(gateway, catalogue, markers, properties, clock);
	}

	@Bean
	ExpiryItems expiryItems(JdbcTemplate jdbc, PlatformTransactionManager transactionManager) {
		return new ExpiryItems(jdbc, new TransactionTemplate(transactionManager));
	}

	@Bean
	Quarantine quarantine(JdbcTemplate jdbc) {
		return new Quarantine(jdbc);
	}

	@Bean
	Plans plans(ExpiryPlanRepository plans, PlanVolumeRepository parts, RetentionPolicy policy, BrakeProperties brake) {
		return new Plans(plans, parts, policy, new SweepBrake(brake));
	}

	@Bean
	ExpiryPlanner expiryPlanner(Plans plans, PlanVolumeRepository parts, ExpiryItems items, Quarantine quarantine,
			RetentionPolicy policy, DumpLedger ledger, ObjectKinds kinds, Clock clock) {
		return new ExpiryPlanner(plans, parts, items, quarantine, policy, ledger, kinds, clock);
	}

	@Bean(destroyMethod = "shutdownNow")
	SweepWorkers sweepWorkers(RetentionProperties properties) {
		return new SweepWorkers(
				Executors.newFixedThreadPool(properties.parallelBatches(), new CustomizableThreadFactory("sweep-")));
	}

	@Bean
	ExpirySweep expirySweep(DumpGateway gateway, Plans plans, PlanVolumeRepository parts, ExpiryItems items,
			Quarantine quarantine, KeepMarkers markers, RetentionPolicy policy, DumpLedger ledger, ObjectKinds kinds,
			Walk walk, FileLooks looks, SweepWorkers workers, RetentionProperties properties, Progress progress,
			StopSignal stop, Clock clock) {
		return new ExpirySweep(gateway, plans, parts, items, quarantine, markers, policy, ledger, kinds, walk, looks,
				workers.executor(), properties.parallelBatches(), progress, stop, clock);
	}

	@Bean
	SecondKeys secondKeys(DumpGateway gateway, Walk walk, Plans plans, PlanVolumeRepository parts, ExpiryItems items,
			ObjectKinds kinds, Progress progress, Clock clock) {
		return new SecondKeys(gateway, walk, plans, parts, items, kinds, progress, clock);
	}

	@Bean
	RetentionReport retentionReport(Plans plans, ExpiryItems items, Quarantine quarantine, MarkerRepository markers) {
		return new RetentionReport(plans, items, quarantine, markers);
	}

	@Bean
	ReportSection retentionSection(RetentionReport retention, UnmatchedSelectors selectors, Scans scans,
			DumpGateway gateway) {
		return new RetentionSection(retention, selectors, scans, gateway);
	}

	@Bean
	UnmatchedSelectors unmatchedSelectors(RetentionProperties retention, MarkerProperties marker) {
		return new UnmatchedSelectors(retention, marker);
	}

	@Bean
	ExpectedExpiries expectedExpiries(RetentionProperties properties, Audience audience, DumpHistory history) {
		return new ExpectedExpiries(properties, audience, history);
	}

	@Bean
	Retention retention(Plans plans, ExpiryItems items, MarkerProperties markers) {
		return new Retention(plans, items, markers.directories().stream().map(DirectoryPath::toString).toList());
	}

	/**
	 * Wraps the threads of the sweep: an executor bean of its own would be picked up by
	 * Spring Batch and make a run's launch asynchronous.
	 *
	 * @param executor the threads
	 */
	record SweepWorkers(ExecutorService executor) {

		void shutdownNow() {
			this.executor.shutdownNow();
		}

	}

}
