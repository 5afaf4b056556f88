package dev.dumpkeeper.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

import dev.dumpkeeper.digest.ShortLinks;

/**
 * Restricts sessions, also without a console: anybody can send a cookie that names one.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class SessionConfiguration {

	/** The length of its column, longer than any user's name. */
	private static final int LONGEST_NAME = 100;

	/** Pods and links have no session, so their cookies cause no query. */
	@Bean
	static BeanPostProcessor sessionsOfTheConsoleOnly() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessBeforeInitialization(Object bean, String name) {
				if (name.equals("sessionRepositoryFilterRegistration")
						&& bean instanceof DelegatingFilterProxyRegistrationBean registration) {
					registration.addUrlPatterns("/console/*", "/api/*");
				}
				return bean;
			}

		};
	}

	@Bean
	CookieSerializer sessionCookie(ShortLinks links) {
		DefaultCookieSerializer cookie = new DefaultCookieSerializer();
		cookie.setCookieName("dumpkeeper-session");
		// The console and the JSON have no other path in common.
		cookie.setCookiePath("/");
		cookie.setUseHttpOnlyCookie(true);
		cookie.setSameSite("Lax");
		cookie.setUseSecureCookie(ConsoleSecurityConfiguration.isPublishedByTls(links));
		return cookie;
	}

	/**
	 * Finds a session's user by our own attribute. Spring Session's resolver evaluates an
	 * expression on the stored security context, whatever it contains.
	 */
	@Bean
	SessionRepositoryCustomizer<JdbcIndexedSessionRepository> sessionsByName() {
		return (sessions) -> sessions.setIndexResolver((session) -> {
			Object name = session.getAttribute(SessionUsers.NAME);
			return (name instanceof String text && text.length() <= LONGEST_NAME) ? Map.of(SessionUsers.NAME, text)
					: Map.of();
		});
	}

	/**
	 * Attributes of sessions are texts: otherwise write access to the database could
	 * create objects.
	 */
	@Bean
	ConversionService springSessionConversionService() {
		GenericConversionService texts = new GenericConversionService();
		texts.addConverter(Object.class, byte[].class, (text) -> {
			if (!(text instanceof String)) {
				throw new IllegalStateException("a session holds texts only");
			}
			return text.toString().getBytes(StandardCharsets.UTF_8);
		});
		texts.addConverter(byte[].class, Object.class, (bytes) -> new String(bytes, StandardCharsets.UTF_8));
		return texts;
	}

}
