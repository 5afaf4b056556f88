package dev.dumpkeeper.scan;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link VolumeProperties}.
 */
class VolumePropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withUserConfiguration(Properties.class);

	@Test
	void allVolumesAreTheDefault() {
		this.runner.run((context) -> assertThat(context.getBean(VolumeProperties.class))
			.isEqualTo(new VolumeProperties(List.of(), List.of())));
	}

	@Test
	void everyPropertyHasItsPlace() {
		this.runner.withPropertyValues("dumpkeeper.volumes.include=pvc-*,jfsdata", "dumpkeeper.volumes.exclude=minio")
			.run((context) -> assertThat(context.getBean(VolumeProperties.class))
				.isEqualTo(new VolumeProperties(List.of("pvc-*", "jfsdata"), List.of("minio"))));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(VolumeProperties.class)
	static class Properties {

	}

}
