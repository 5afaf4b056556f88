package dev.dumpkeeper.capacity;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

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
 * Tests for {@link CapacityProperties}.
 */
class CapacityPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withBean("dataSizes", org.springframework.core.convert.converter.Converter.class,
				CapacityConfiguration::dataSizeConverter)
		.withUserConfiguration(Properties.class);

	@Test
	void theDefaultsAreTheContracts() {
		this.runner.run((context) -> assertThat(context.getBean(CapacityProperties.class))
			.isEqualTo(new CapacityProperties(0.8, Duration.ofHours(72), 1, null, Map.of())));
	}

	@Test
	void everyPropertyHasItsPlace() {
		this.runner
			.withPropertyValues("dumpkeeper.capacity.threshold=0.7", "dumpkeeper.capacity.horizon=48h",
					"dumpkeeper.capacity.early-margin=0.05", "dumpkeeper.capacity.metrics-url=http://gw:9567/metrics",
					"dumpkeeper.capacity.limits.jfsdata=50GB")
			.run((context) -> assertThat(context.getBean(CapacityProperties.class))
				.isEqualTo(new CapacityProperties(0.7, Duration.ofHours(48), 0.05, URI.create("http://gw:9567/metrics"),
						Map.of("jfsdata", DataSize.ofGigabytes(50)))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "threshold=0", "threshold=80", "threshold=0.95", "threshold=NaN", "threshold=much",
			"horizon=0h", "horizon=31d", "horizon=-1h", "horizon=soon", "early-margin=5", "early-margin=-0.1",
			"early-margin=NaN", "metrics-url=gateway:9567", "metrics-url=ftp://gateway/metrics",
			"limits.jfsdata=plenty", "limits.jfsdata=0B", "metrics-url=http://ann:hunter2@gateway/metrics" })
	void whatCannotBeMeantIsRefusedByName(String property) {
		String name = property.substring(0, property.indexOf('='));
		this.runner.withPropertyValues("dumpkeeper.capacity." + property).run((context) -> {
			assertThat(context).hasFailed();
			StringBuilder said = new StringBuilder();
			for (Throwable cause = context.getStartupFailure(); cause != null; cause = cause.getCause()) {
				said.append(cause).append('\n');
			}
			assertThat(said.toString()).contains(name);
		});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(CapacityProperties.class)
	static class Properties {

	}

}
