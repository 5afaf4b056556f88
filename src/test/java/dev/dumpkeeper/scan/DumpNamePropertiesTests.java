package dev.dumpkeeper.scan;

import java.util.List;

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
 * Tests for {@link DumpNameProperties}.
 */
class DumpNamePropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withUserConfiguration(Properties.class);

	@Test
	void theDefaultIsTheContracts() {
		this.runner.run((context) -> assertThat(context.getBean(DumpNameProperties.class))
			.isEqualTo(new DumpNameProperties(List.of("*.hprof", "*.hprof.gz"))));
	}

	@Test
	void thePropertyHasItsPlace() {
		this.runner.withPropertyValues("dumpkeeper.retention.dump-patterns=*.phd,core.*")
			.run((context) -> assertThat(context.getBean(DumpNameProperties.class))
				.isEqualTo(new DumpNameProperties(List.of("*.phd", "core.*"))));
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

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.retention.dump-patterns=" })
	void somethingHasToBeADump(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(context).hasFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(DumpNameProperties.class)
	static class Properties {

	}

}
