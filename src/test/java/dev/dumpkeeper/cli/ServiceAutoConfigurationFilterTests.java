package dev.dumpkeeper.cli;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a single run leaves out, and a service does not.
 */
class ServiceAutoConfigurationFilterTests {

	@Test
	void aSingleRunHasNeitherMetricsNorASchedulerAndStillItsDatabase() {
		try (ConfigurableApplicationContext context = start(
				"--" + ServiceAutoConfigurationFilter.SINGLE_RUN + "=true")) {
			assertThat(context.getBeansOfType(MeterRegistry.class)).isEmpty();
			assertThat(context.getBeansOfType(Scheduler.class)).isEmpty();
			assertThat(context.getBeansOfType(JdbcTemplate.class)).hasSize(1);
		}
	}

	@Test
	void whatIsNoSingleRunHasThem() {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(context.getBeansOfType(MeterRegistry.class)).isNotEmpty();
			assertThat(context.getBeansOfType(Scheduler.class)).hasSize(1);
		}
	}

	@Test
	void onlyAServiceWithAnAddressForTracesTraces() {
		String address = "--management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:1/v1/traces";
		try (ConfigurableApplicationContext context = start()) {
			assertThat(context.getBeansOfType(Tracer.class)).isEmpty();
		}
		try (ConfigurableApplicationContext context = start(address)) {
			assertThat(context.getBeansOfType(Tracer.class)).hasSize(1);
		}
		try (ConfigurableApplicationContext context = start(address,
				"--" + ServiceAutoConfigurationFilter.SINGLE_RUN + "=true")) {
			assertThat(context.getBeansOfType(Tracer.class)).isEmpty();
		}
	}

	@Test
	void bootFindsIt() {
		List<AutoConfigurationImportFilter> filters = SpringFactoriesLoader
			.loadFactories(AutoConfigurationImportFilter.class, getClass().getClassLoader());
		assertThat(filters).hasAtLeastOneElementOfType(ServiceAutoConfigurationFilter.class);
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE)
			.properties("spring.datasource.url=jdbc:h2:mem:service-only;DB_CLOSE_DELAY=0",
					"spring.flyway.enabled=false", "spring.quartz.job-store-type=memory", "spring.config.import=")
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Nothing {

	}

}
