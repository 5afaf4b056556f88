package dev.dumpkeeper.scan;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ScanProperties}.
 */
class ScanPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withUserConfiguration(Properties.class);

	@Test
	void theDefaultsHoldForLargeVolumes() {
		this.runner.run((context) -> assertThat(context.getBean(ScanProperties.class))
			.isEqualTo(new ScanProperties(2, 50_000_000, Duration.ofHours(2), ListingOrigin.AUTO)));
	}

	@Test
	void everyPropertyHasItsPlace() {
		this.runner
			.withPropertyValues("dumpkeeper.scan.parallel-volumes=4", "dumpkeeper.scan.max-objects=7",
					"dumpkeeper.scan.time-limit=5m", "dumpkeeper.scan.source=metadata")
			.run((context) -> assertThat(context.getBean(ScanProperties.class))
				.isEqualTo(new ScanProperties(4, 7, Duration.ofMinutes(5), ListingOrigin.METADATA)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.scan.parallel-volumes=0", "dumpkeeper.scan.parallel-volumes=17",
			"dumpkeeper.scan.max-objects=0", "dumpkeeper.scan.time-limit=long", "dumpkeeper.scan.source=mysql" })
	void whatIsNoBoundIsRefused(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(context).hasFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ScanProperties.class)
	static class Properties {

	}

}
