package dev.dumpkeeper.usage;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.run.ReportSection;

/**
 * Publishes the measuring of usage.
 */
@Configuration(proxyBeanMethods = false)
class UsageConfiguration {

	@Bean
	VolumeUsage usage(DirectoryUsageRepository repository, DumpGateway gateway) {
		return new VolumeUsage(repository, gateway);
	}

	@Bean
	ReportSection usageReport(DirectoryUsageRepository repository) {
		return new UsageSection(repository);
	}

}
