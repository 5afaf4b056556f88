package dev.dumpkeeper.metadata;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.dumpkeeper.gateway.PathResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetadataProperties} and what is made of them.
 */
class MetadataPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withUserConfiguration(MetadataConfiguration.class);

	@Test
	void withoutAnAddressNobodyResolvesPaths() {
		this.runner.run((context) -> {
			assertThat(context.getBean(MetadataDatabase.class).isConfigured()).isFalse();
			assertThat(context.getBeanProvider(PathResolver.class).getIfAvailable()).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.metadata.url", "dumpkeeper.capacity.metadata.url" })
	void eitherNameIsEnough(String property) {
		this.runner.withPropertyValues(property + "=jdbc:mysql://db/jfs").run((context) -> {
			assertThat(context.getBean(MetadataDatabase.class).isConfigured()).isTrue();
			assertThat(context.getBeanProvider(PathResolver.class).getIfAvailable()).isNotNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.metadata.url", "dumpkeeper.capacity.metadata.url" })
	void anotherAddressIsRefusedByNameAndNotRepeated(String property) {
		this.runner.withPropertyValues(property + "=mysql://hunter2@db/jfs")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining(property)
				.message()
				.doesNotContain("hunter2"));
	}

	@Test
	void nothingOfItIsPrinted() {
		assertThat(new MetadataProperties("jdbc:mysql:x", "u", "hunter2").toString()).doesNotContain("hunter2");
		assertThat(new MetadataProperties.OfCapacity("jdbc:mysql:x", "u", "hunter2").toString())
			.doesNotContain("hunter2");
		assertThat(new MetadataDatabase("jdbc:mysql:x?password=hunter2", "u", "hunter2").toString())
			.doesNotContain("hunter2");
	}

}
