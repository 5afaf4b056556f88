package dev.dumpkeeper.ledger;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

import dev.dumpkeeper.hprof.HeapReading.ScratchSpace;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ContentsProperties}.
 */
class ContentsPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withUserConfiguration(Properties.class);

	@Test
	void theDefaultsAreTheDocuments() {
		this.runner.run((context) -> {
			ContentsProperties properties = context.getBean(ContentsProperties.class);
			assertThat(properties).isEqualTo(
					new ContentsProperties(Duration.ofMinutes(10), DataSize.ofGigabytes(64), Duration.ofMinutes(5),
							DataSize.ofGigabytes(32), null, DataSize.ofGigabytes(8), Duration.ofMinutes(2)));
			assertThat(properties.scratchSpace()).isEmpty();
		});
	}

	@Test
	void scratchHasItsPlace() {
		this.runner
			.withPropertyValues("dumpkeeper.contents.scratch=/scratch", "dumpkeeper.contents.scratch-limit=100MB",
					"dumpkeeper.contents.time-for-holders=30s")
			.run((context) -> assertThat(context.getBean(ContentsProperties.class).scratchSpace())
				.contains(new ScratchSpace(Path.of("/scratch"), 100 << 20, Duration.ofSeconds(30))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "time-per-run=-1s", "time-per-dump=0s", "bytes-per-run=0B", "bytes-per-dump=0B",
			"scratch-limit=0B", "time-for-holders=0s" })
	void whatMakesNoSenseIsRefused(String property) {
		this.runner.withPropertyValues("dumpkeeper.contents." + property)
			.run((context) -> assertThat(context).hasFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ContentsProperties.class)
	static class Properties {

	}

}
