package dev.dumpkeeper.cli;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Excludes auto-configuration that only a service needs from a single run, which would
 * start more slowly: HTTP, authentication, schedules, metrics, health, tracing. A service
 * without an address for traces has no tracing either.
 */
final class ServiceAutoConfigurationFilter implements AutoConfigurationImportFilter, EnvironmentAware {

	/**
	 * Set for a single run; outside the application's prefix, since users do not set it.
	 */
	static final String SINGLE_RUN = "single-run";

	/** Spring Boot's property for the address of traces. */
	private static final String TRACES = "management.opentelemetry.tracing.export.otlp.endpoint";

	private static final List<String> TRACING = List.of("micrometer.tracing", "opentelemetry");

	private static final List<String> MODULES = List.of("actuate", "health", "http.converter", "micrometer",
			"opentelemetry", "quartz", "security", "servlet", "tomcat", "web.server", "webmvc");

	private @Nullable Environment environment;

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public boolean[] match(@Nullable String[] configurations, AutoConfigurationMetadata metadata) {
		Environment properties = this.environment;
		boolean single = properties != null && properties.getProperty(SINGLE_RUN, Boolean.class, false);
		boolean traced = properties != null && properties.containsProperty(TRACES);
		List<String> without = single ? MODULES : traced ? List.of() : TRACING;
		boolean[] match = new boolean[configurations.length];
		for (int i = 0; i < match.length; i++) {
			match[i] = !isOf(without, configurations[i]);
		}
		return match;
	}

	private static boolean isOf(List<String> modules, @Nullable String configuration) {
		return configuration != null && modules.stream()
			.anyMatch((module) -> configuration.startsWith("org.springframework.boot." + module + "."));
	}

}
