package dev.dumpkeeper.run;

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
 * Tests for {@link RunProperties}.
 */
class RunPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withUserConfiguration(Properties.class);

	@Test
	void theDefaultsSuitAPassInHours() {
		this.runner.run((context) -> assertThat(context.getBean(RunProperties.class)).isEqualTo(new RunProperties(
				Duration.ofSeconds(60), Duration.ofHours(24), Duration.ofSeconds(90), Duration.ofDays(90))));
	}

	@Test
	void everyPropertyHasItsPlace() {
		this.runner
			.withPropertyValues("dumpkeeper.run.lease=10s", "dumpkeeper.run.continue-within=1h",
					"dumpkeeper.run.await-database=0s", "dumpkeeper.run.keep-for=7d")
			.run((context) -> assertThat(context.getBean(RunProperties.class)).isEqualTo(
					new RunProperties(Duration.ofSeconds(10), Duration.ofHours(1), Duration.ZERO, Duration.ofDays(7))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.run.lease=2s", "dumpkeeper.run.lease=0s", "dumpkeeper.run.lease=x",
			"dumpkeeper.run.await-database=-1s" })
	void aTimeThatMakesNoSenseIsRefused(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(context).hasFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(RunProperties.class)
	static class Properties {

	}

}
