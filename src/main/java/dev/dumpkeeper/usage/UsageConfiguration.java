package dev.dumpkeeper.usage;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Publishes the measuring of usage.
 */
@Configuration(proxyBeanMethods = false)
class UsageConfiguration {

	@Bean
	Usage usage(DirectoryUsageRepository repository) {
		return new Usage(repository);
	}

}
