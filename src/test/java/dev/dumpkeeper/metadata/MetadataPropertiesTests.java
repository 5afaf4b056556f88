package dev.dumpkeeper.metadata;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import dev.dumpkeeper.database.FailureClassifier;
import dev.dumpkeeper.gateway.ByGateway;
import dev.dumpkeeper.gateway.DirectoryTimes;
import dev.dumpkeeper.gateway.GatewayNames;
import dev.dumpkeeper.gateway.PathResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetadataProperties} and what is made of them.
 */
class MetadataPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withBean(GatewayNames.class, () -> new GatewayNames(Set.of("east")))
		.withUserConfiguration(MetadataConfiguration.class);

	@Test
	void withoutAnAddressNobodyResolvesPaths() {
		this.runner.run((context) -> {
			assertThat(context.getBean(MetadataDatabases.class).all()).isEmpty();
			assertThat(paths(context).parts()).isEmpty();
			assertThat(context.getBeanProvider(DirectoryTimes.class).getIfAvailable()).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.metadata.url", "dumpkeeper.capacity.metadata.url" })
	void eitherNameIsEnough(String property) {
		this.runner.withPropertyValues(property + "=jdbc:mysql://db/jfs").run((context) -> {
			assertThat(context.getBean(MetadataDatabases.class).all()).hasSize(1);
			assertThat(paths(context).parts()).containsOnlyKeys("");
			assertThat(context.getBeanProvider(DirectoryTimes.class).getIfAvailable()).isNotNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.metadata.url", "dumpkeeper.capacity.metadata.url" })
	void anotherAddressIsRefusedByNameAndNotRepeated(String property) {
		this.runner.withPropertyValues(property + "=mysql://hunter2@db/jfs")
			.run((context) -> assertThat(FailureClassifier.of(context.getStartupFailure()).message())
				.startsWith(property + " is invalid; expected an address")
				.doesNotContain("hunter2"));
	}

	@Test
	void eachGatewayHasItsOwnDatabase() {
		this.runner.withPropertyValues("dumpkeeper.gateways.east.metadata.url=jdbc:mysql://east/jfs",
				"dumpkeeper.gateways.east.metadata.password=hunter2", "dumpkeeper.gateways.east.endpoint=http://e:9")
			.run((context) -> {
				assertThat(paths(context).parts()).containsOnlyKeys("east");
				assertThat(context.getBean(MetadataDatabases.class).all()).singleElement()
					.satisfies((database) -> assertThat(database.description())
						.isEqualTo("the metadata database (dumpkeeper.gateways.east.metadata.url)"));
			});
		this.runner.withPropertyValues("dumpkeeper.gateways.east.metadata.url=mysql://hunter2@db/jfs")
			.run((context) -> assertThat(FailureClassifier.of(context.getStartupFailure()).message())
				.startsWith("dumpkeeper.gateways.east.metadata.url is invalid; expected an address")
				.doesNotContain("hunter2"));
	}

	@SuppressWarnings("unchecked")
	private static ByGateway<PathResolver> paths(ApplicationContext context) {
		return (ByGateway<PathResolver>) context.getBean("juicefsPaths");
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
