package dev.dumpkeeper.web;

import java.time.Clock;

import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

import dev.dumpkeeper.run.ConditionalOnSignIn;

/**
 * Controls access to the JSON on the application port: programs use HTTP basic, as on the
 * management port, and people the console's session. A request with a password gets no
 * session, so that the two cannot be mixed.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnSignIn
class ApiSecurityConfiguration {

	private static final RequestMatcher API = PathPatternRequestMatcher.withDefaults().matcher("/api/**");

	private static final RequestMatcher BY_PASSWORD = new AndRequestMatcher(API,
			(request) -> request.getHeader(HttpHeaders.AUTHORIZATION) != null);

	@Bean
	@Order(0)
	SecurityFilterChain apiByPassword(HttpSecurity http, AuditTrail audit, GuessLimits limits) {
		AuthenticationFailureHandler signIn = new AuthenticationFailureHandler(audit, limits);
		readOnly(http.securityMatcher(BY_PASSWORD), signIn).httpBasic((basic) -> basic.authenticationEntryPoint(signIn))
			.addFilterBefore(signIn, BasicAuthenticationFilter.class)
			.addFilterAfter(signIn.passed(), BasicAuthenticationFilter.class);
		return http.build();
	}

	@Bean
	@Order(1)
	SecurityFilterChain apiBySession(HttpSecurity http, SecurityProperties properties, UsersFile users,
			AuditTrail audit, GuessLimits limits, Clock clock, ObjectProvider<OidcLogin> oidc) {
		OidcLogin provider = oidc.getIfAvailable();
		SessionUsers sessions = new SessionUsers(users, (provider != null) ? provider.sessions() : null);
		readOnly(http.securityMatcher(API), new AuthenticationFailureHandler(audit, limits))
			.securityContext((context) -> context.securityContextRepository(sessions))
			.addFilterBefore(new SessionAge(properties, clock), SecurityContextHolderFilter.class);
		return http.build();
	}

	private static HttpSecurity readOnly(HttpSecurity http, AuthenticationFailureHandler signIn) {
		return SecurityConfiguration.plain(http)
			.authorizeHttpRequests((requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
				.permitAll()
				.requestMatchers(HttpMethod.GET)
				.hasAnyRole(UsersFile.VIEWER, UsersFile.OPERATOR)
				.anyRequest()
				.denyAll())
			.exceptionHandling((failures) -> failures.authenticationEntryPoint(signIn).accessDeniedHandler(signIn))
			.headers((headers) -> headers
				.crossOriginResourcePolicy((policy) -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN)))
			.addFilterBefore(new PagesAtOnce(), SecurityContextHolderFilter.class);
	}

}
