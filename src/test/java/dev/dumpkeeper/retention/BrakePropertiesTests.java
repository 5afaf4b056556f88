package dev.dumpkeeper.retention;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BrakeProperties}.
 */
class BrakePropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withUserConfiguration(Properties.class);

	@Test
	void theDefaultsAreTheContracts() {
		this.runner.run((context) -> assertThat(context.getBean(BrakeProperties.class))
			.isEqualTo(new BrakeProperties(0.8, 100, null, null, 0.5)));
	}

	@Test
	void everyPropertyHasItsPlace() {
		this.runner
			.withPropertyValues("dumpkeeper.brake.max-share=0.25", "dumpkeeper.brake.min-objects=7",
					"dumpkeeper.brake.max-objects=1000", "dumpkeeper.brake.max-bytes=50GB",
					"dumpkeeper.brake.max-shrink=0.1")
			.run((context) -> assertThat(context.getBean(BrakeProperties.class))
				.isEqualTo(new BrakeProperties(0.25, 7, 1000L, DataSize.ofGigabytes(50), 0.1)));
	}

	@Test
	void theBoundsAreAllowed() {
		this.runner
			.withPropertyValues("dumpkeeper.brake.max-share=1", "dumpkeeper.brake.min-objects=0",
					"dumpkeeper.brake.max-objects=0", "dumpkeeper.brake.max-bytes=0B")
			.run((context) -> assertThat(context.getBean(BrakeProperties.class))
				.isEqualTo(new BrakeProperties(1, 0, 0L, DataSize.ofBytes(0), 0.5)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.brake.max-share=1.01", "dumpkeeper.brake.max-share=-0.1",
			"dumpkeeper.brake.max-share=80%", "dumpkeeper.brake.max-share=NaN", "dumpkeeper.brake.min-objects=-1",
			"dumpkeeper.brake.max-objects=-1", "dumpkeeper.brake.max-bytes=lots", "dumpkeeper.brake.max-shrink=1.1",
			"dumpkeeper.brake.max-shrink=-1", "dumpkeeper.brake.max-shrink=NaN" })
	void whatIsNoBoundIsRefused(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void aNegativeSizeIsRefused() {
		this.runner.withPropertyValues("dumpkeeper.brake.max-bytes=-1B")
			.run((context) -> assertThat(context).hasFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(BrakeProperties.class)
	static class Properties {

	}

}
