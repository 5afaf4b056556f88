package dev.dumpkeeper.retention;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MarkerProperties}.
 */
class MarkerPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withUserConfiguration(Properties.class);

	@Test
	void theDefaultsAreTheContracts() {
		this.runner.run((context) -> assertThat(context.getBean(MarkerProperties.class))
			.isEqualTo(new MarkerProperties(List.of(new DirectoryPath("dumpfiles")), ".keep", "keepdir")));
	}

	@Test
	void everyPropertyHasItsPlace() {
		this.runner
			.withPropertyValues("dumpkeeper.marker.directories=dumps,a/b", "dumpkeeper.marker.name=.stay",
					"dumpkeeper.marker.content=words")
			.run((context) -> assertThat(context.getBean(MarkerProperties.class)).isEqualTo(new MarkerProperties(
					List.of(new DirectoryPath("dumps"), new DirectoryPath("a/b")), ".stay", "words")));
	}

	@Test
	void aMarkerMayBeEmptyAndThereMayBeNone() {
		this.runner.withPropertyValues("dumpkeeper.marker.directories=", "dumpkeeper.marker.content=")
			.run((context) -> assertThat(context.getBean(MarkerProperties.class))
				.isEqualTo(new MarkerProperties(List.of(), ".keep", "")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.marker.name=", "dumpkeeper.marker.name=a/b", "dumpkeeper.marker.name=/",
			"dumpkeeper.marker.directories=../x" })
	void whatIsNoFileNameIsRefused(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(context).hasFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.marker.name=.", "dumpkeeper.marker.name=.." })
	void aDotSegmentIsRefused(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(context).hasFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(MarkerProperties.class)
	static class Properties {

		@Bean
		@ConfigurationPropertiesBinding
		static Converter<String, DirectoryPath> directoryPathConverter() {
			return RetentionConfiguration.directoryPathConverter();
		}

	}

}
