package dev.dumpkeeper.console;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.Ordered;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.VersionResourceResolver;

import dev.dumpkeeper.capacity.CapacityChecks;
import dev.dumpkeeper.run.ReportingZone;

/**
 * Publishes what all pages need.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnConsole
@ImportRuntimeHints(ConsoleHints.class)
@EnableConfigurationProperties(ConsoleProperties.class)
class ConsoleConfiguration implements WebMvcConfigurer {

	static final String FILES = "/console/static/";

	/** File names contain a hash of the content, so files never change. */
	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		// Before the pages, one of which matches all remaining addresses.
		registry.setOrder(Ordered.HIGHEST_PRECEDENCE);
		registry.addResourceHandler("/console/static/**")
			.addResourceLocations("classpath:/dev/dumpkeeper/console/static/",
					"classpath:/META-INF/resources/webjars/htmx.org/2.0.10/dist/")
			.setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
			.resourceChain(true)
			.addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
	}

	@Bean
	LocaleResolver localeResolver() {
		return new ConsoleLanguage();
	}

	/**
	 * Ignores the machine's locale. Spring Security requests texts in it, which would log
	 * a warning for each refused request.
	 */
	@Bean
	MessageSource messageSource() {
		ResourceBundleMessageSource texts = new ResourceBundleMessageSource();
		texts.setBasename("dev.dumpkeeper.console.messages");
		texts.setDefaultEncoding("UTF-8");
		texts.setDefaultLocale(Locale.ENGLISH);
		texts.setAlwaysUseMessageFormat(true);
		return texts;
	}

	@Bean
	Shown shown(ReportingZone zone, CapacityChecks capacity, Clock clock) {
		return new Shown(zone.id(), capacity.threshold(), clock);
	}

}
