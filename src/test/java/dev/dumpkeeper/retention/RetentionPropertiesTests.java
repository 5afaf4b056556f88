package dev.dumpkeeper.retention;

import java.time.Duration;
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
 * Tests for {@link RetentionProperties}.
 */
class RetentionPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withUserConfiguration(Properties.class);

	@Test
	void theDefaultsAreTheContracts() {
		this.runner
			.run((context) -> assertThat(context.getBean(RetentionProperties.class)).isEqualTo(new RetentionProperties(
					List.of(new DirectoryPath("dumpfiles")), Duration.ofDays(2), Duration.ofHours(1),
					Duration.ofHours(24), 0, Duration.ofDays(14), List.of("*.hprof", "*.hprof.gz"), 8)));
	}

	@Test
	void everyPropertyHasItsPlace() {
		this.runner
			.withPropertyValues("dumpkeeper.retention.directories=dumps,a/b", "dumpkeeper.retention.max-age=36h",
					"dumpkeeper.retention.empty-grace=5m", "dumpkeeper.retention.notice=7h",
					"dumpkeeper.retention.keep-newest=0", "dumpkeeper.retention.keep-newest-for=3d",
					"dumpkeeper.retention.dump-patterns=*.phd,core.*", "dumpkeeper.retention.parallel-batches=4")
			.run((context) -> assertThat(context.getBean(RetentionProperties.class)).isEqualTo(new RetentionProperties(
					List.of(new DirectoryPath("dumps"), new DirectoryPath("a/b")), Duration.ofHours(36),
					Duration.ofMinutes(5), Duration.ofHours(7), 0, Duration.ofDays(3), List.of("*.phd", "core.*"), 4)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.retention.directories=", "dumpkeeper.retention.directories=/",
			"dumpkeeper.retention.directories=dumpfiles/", "dumpkeeper.retention.directories=/dumpfiles",
			"dumpkeeper.retention.directories=a//b", "dumpkeeper.retention.directories=../other",
			"dumpkeeper.retention.directories=.", "dumpkeeper.retention.max-age=0s", "dumpkeeper.retention.max-age=-2d",
			"dumpkeeper.retention.max-age=soon", "dumpkeeper.retention.notice=-1s",
			"dumpkeeper.retention.keep-newest=-1", "dumpkeeper.retention.dump-patterns=",
			"dumpkeeper.retention.parallel-batches=0", "dumpkeeper.retention.parallel-batches=33" })
	void whatIsNotSafeIsRefused(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(context).hasFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "hprof", ".hprof", "*.hprof,heap", "dumpfiles/*.hprof", "*/x" })
	void whatCanBeNoFilesNameIsRefused(String patterns) {
		this.runner.withPropertyValues("dumpkeeper.retention.dump-patterns=" + patterns)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith("dumpkeeper.retention.dump-patterns[")
				.hasMessageNotContaining("heap"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "core?", "heap.bin" })
	void whatCanBeAFilesNameIsNot(String patterns) {
		this.runner.withPropertyValues("dumpkeeper.retention.dump-patterns=" + patterns)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(RetentionProperties.class)
	static class Properties {

		@Bean
		@ConfigurationPropertiesBinding
		static Converter<String, DirectoryPath> directoryPathConverter() {
			return RetentionConfiguration.directoryPathConverter();
		}

	}

}
