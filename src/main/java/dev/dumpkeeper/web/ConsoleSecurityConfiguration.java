package dev.dumpkeeper.web;

import java.time.Clock;

import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;

import dev.dumpkeeper.digest.ShortLinks;
import dev.dumpkeeper.run.ConditionalOnSignIn;

/**
 * Controls access to the console on the application port. It exists only where users can
 * sign in.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnSignIn
class ConsoleSecurityConfiguration {

	/** Everything of the page's own origin, and nothing inline. */
	private static final String CONTENT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
			+ " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

	static final String COOKIES_FOR = "/console";

	/** Files of the console itself: the same for everybody, without a session. */
	@Bean
	@Order(0)
	SecurityFilterChain consoleFiles(HttpSecurity http) {
		http.securityMatcher("/console/static/**")
			.csrf(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.securityContext(AbstractHttpConfigurer::disable)
			.sessionManagement(AbstractHttpConfigurer::disable)
			.anonymous(AbstractHttpConfigurer::disable)
			.headers((headers) -> headers.cacheControl((cache) -> cache.disable())
				.contentSecurityPolicy((policy) -> policy.policyDirectives("default-src 'none'")));
		return http.build();
	}

	@Bean
	@Order(1)
	SecurityFilterChain consoleSecurity(HttpSecurity http, SecurityProperties properties, UsersFile users,
			AuditTrail audit, GuessLimits limits, ShortLinks links, Clock clock, ObjectProvider<OidcLogin> oidc) {
		SignInForm form = new SignInForm(audit, limits);
		OidcLogin provider = oidc.getIfAvailable();
		SessionUsers sessions = new SessionUsers(users, (provider != null) ? provider.sessions() : null);
		CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
		tokens.setCookieName("dumpkeeper-form");
		tokens.setCookiePath(COOKIES_FOR);
		tokens.setCookieCustomizer((cookie) -> cookie.sameSite("Lax").secure(isPublishedByTls(links)));
		http.securityMatcher("/console", "/console/**")
			.authorizeHttpRequests(
					(requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
						.permitAll()
						.requestMatchers(SignInForm.PATH, "/console/language")
						.permitAll()
						.requestMatchers("/console/sign-out")
						.authenticated()
						// A dump contains the passwords of its JVM.
						.requestMatchers("/console/dumps/*/download")
						.hasRole(UsersFile.OPERATOR)
						.requestMatchers(HttpMethod.GET)
						.hasAnyRole(UsersFile.VIEWER, UsersFile.OPERATOR)
						.anyRequest()
						.hasRole(UsersFile.OPERATOR))
			.securityContext((context) -> context.securityContextRepository(sessions))
			.requestCache(AbstractHttpConfigurer::disable)
			.csrf((csrf) -> csrf.csrfTokenRepository(tokens))
			.formLogin((login) -> login.loginPage(SignInForm.PATH)
				.loginProcessingUrl(SignInForm.PATH)
				.usernameParameter(SignInForm.NAME)
				.passwordParameter(SignInForm.PASSWORD)
				.successHandler(form)
				.failureHandler(form))
			.logout((logout) -> logout.logoutUrl("/console/sign-out").logoutSuccessHandler(form))
			.exceptionHandling((failures) -> failures.authenticationEntryPoint(form).accessDeniedHandler(form))
			.headers((headers) -> headers.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.NO_REFERRER))
				.contentSecurityPolicy((policy) -> policy.policyDirectives(
						// The form that signs out leads on to the provider's site.
						(provider != null) ? CONTENT + " " + provider.provider().origin() : CONTENT))
				.crossOriginOpenerPolicy((policy) -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
				.crossOriginResourcePolicy((policy) -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN)))
			.addFilterBefore(new PagesAtOnce(), SecurityContextHolderFilter.class)
			.addFilterBefore(new SessionAge(properties, clock), SecurityContextHolderFilter.class)
			.addFilterBefore(new FormBodyFilter(), CsrfFilter.class)
			.addFilterBefore(form, UsernamePasswordAuthenticationFilter.class);
		if (provider != null) {
			provider.addTo(http);
		}
		return http.build();
	}

	@Bean
	SignInWays signInWays(SecurityProperties properties, OidcProperties oidc) {
		return new SignInWays(properties.usersFile() != null, oidc.issuer() != null);
	}

	static boolean isPublishedByTls(ShortLinks links) {
		return links.publicUrl().filter((url) -> "https".equals(url.getScheme())).isPresent();
	}

	@Bean
	SessionRepositoryCustomizer<JdbcIndexedSessionRepository> sessionLimits(SecurityProperties properties) {
		return (sessions) -> sessions.setDefaultMaxInactiveInterval(properties.sessionIdle());
	}

}
