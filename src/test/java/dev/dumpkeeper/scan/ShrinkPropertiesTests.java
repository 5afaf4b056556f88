package dev.dumpkeeper.scan;

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
 * Tests for {@link ShrinkProperties}.
 */
class ShrinkPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withUserConfiguration(Properties.class);

	@Test
	void theDefaultIsTheContracts() {
		this.runner
			.run((context) -> assertThat(context.getBean(ShrinkProperties.class)).isEqualTo(new ShrinkProperties(0.5)));
	}

	@Test
	void thePropertyHasItsPlace() {
		this.runner.withPropertyValues("dumpkeeper.brake.max-shrink=0.1")
			.run((context) -> assertThat(context.getBean(ShrinkProperties.class)).isEqualTo(new ShrinkProperties(0.1)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.brake.max-shrink=1.1", "dumpkeeper.brake.max-shrink=-1",
			"dumpkeeper.brake.max-shrink=NaN" })
	void whatIsNoShareIsRefused(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(context).hasFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ShrinkProperties.class)
	static class Properties {

	}

}
