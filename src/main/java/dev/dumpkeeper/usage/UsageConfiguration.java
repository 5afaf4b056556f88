package dev.dumpkeeper.usage;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.gateway.DumpGateway;

/**
 * Publishes the measuring of usage.
 */
@Configuration(proxyBeanMethods = false)
class UsageConfiguration {

	@Bean
	Usage usage(DirectoryUsageRepository repository, DumpGateway gateway) {
		return new Usage(repository, gateway.pathTrust());
	}

}
