package dev.dumpkeeper.web;

import java.time.Clock;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import dev.dumpkeeper.digest.ShortLinks;
import dev.dumpkeeper.runs.HookProperties;
import dev.dumpkeeper.runs.NewDumpPoller;

/**
 * Publishes the handlers of the application port.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class WebConfiguration {

	static final String HOOK = "/hooks/dump";

	static final String DOWNLOAD = "/d/{token}";

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> clientLimits() {
		return ClientLimits::set;
	}

	/** Anybody can send the header, so only configured proxies are trusted. */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> trustedProxies(SecurityProperties properties) {
		return (factory) -> {
			if (properties.trustedProxies() != null) {
				factory.addEngineValves(new TrustedProxies(properties.trustedProxies()));
			}
		};
	}

	@Bean
	AuditTrail auditTrail(JdbcTemplate jdbc, Clock clock) {
		return new AuditTrail(jdbc, clock);
	}

	@Bean
	RouterFunction<ServerResponse> routes(HookProperties properties, NewDumpPoller poller, ShortLinks links,
			AuditTrail audit) {
		DumpHookHandler hook = new DumpHookHandler(properties.token(), poller, audit);
		DownloadHandler downloads = new DownloadHandler(links, audit);
		return RouterFunctions.route().POST(HOOK, hook::call).GET(DOWNLOAD, downloads::follow).build();
	}

}
