package dev.dumpkeeper.capacity;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

import dev.dumpkeeper.digest.ConsoleLinks;
import dev.dumpkeeper.ledger.DumpHistory;
import dev.dumpkeeper.metadata.MetadataDatabases;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.retention.ExpectedExpiries;
import dev.dumpkeeper.retention.RetentionSummary;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.ReportingZone;
import dev.dumpkeeper.usage.VolumeUsage;

/**
 * Publishes the capacity check.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CapacityProperties.class)
class CapacityConfiguration {

	/**
	 * Kubernetes writes sizes as {@code 50Gi}, reports as {@code 50GiB}, Spring as
	 * {@code 50GB}: all are accepted with the same meaning.
	 */
	@Bean
	@ConfigurationPropertiesBinding
	static Converter<String, DataSize> dataSizeConverter() {
		// A lambda would hide the types from the conversion service.
		return new Converter<>() {

			@Override
			public DataSize convert(String source) {
				return DataSize.parse(source.strip().replaceFirst("(?<=\\d[KMGT])iB?$", "B"));
			}

		};
	}

	@Bean
	FactsReader factsReader(VolumeUsage usage, DumpHistory dumps, ExpectedExpiries expiries) {
		return new FactsReader(usage, dumps, expiries);
	}

	@Bean
	GrowthContributorsFinder growthContributorsFinder(DumpHistory dumps, ExpectedExpiries expiries) {
		return new GrowthContributorsFinder(dumps, expiries);
	}

	@Bean
	CapacityChecks capacityChecks(CapacityProperties properties, MetadataDatabases metadata, VolumeUsage usage,
			FactsReader facts, GrowthContributorsFinder contributors, RetentionSummary retention, Outbox outbox,
			JdbcTemplate jdbc, PlatformTransactionManager transactionManager, ReportingZone zone,
			ConsoleLinks console) {
		CapacityRepository rows = new CapacityRepository(jdbc);
		CapacityMessages messages = new CapacityMessages(outbox,
				new CapacityText(outbox.dialect(), outbox.language(), zone.id(), console),
				new CapacityCharts(properties, usage, rows, new CapacityChart(outbox.language(), zone.id())));
		return new CapacityChecks(properties, metadata, usage, facts, contributors, retention, messages, rows,
				new TransactionTemplate(transactionManager));
	}

	@Bean
	CapacityOutlooks capacityOutlooks(CapacityProperties properties, FactsReader facts) {
		return new CapacityOutlooks(properties, facts);
	}

	@Bean
	ReportSection capacityReport(CapacityChecks capacity) {
		return new CapacitySection(capacity);
	}

}
