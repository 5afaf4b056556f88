package dev.dumpkeeper.web;

import java.util.Map;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Controls access. On the management port only health and info are anonymous; the
 * application port has two paths with their own checks, beside the console.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties({ SecurityProperties.class, OidcProperties.class })
class SecurityConfiguration {

	@Bean
	UsersFile usersFile(SecurityProperties properties) {
		return new UsersFile(properties.usersFile());
	}

	@Bean
	PasswordEncoder passwordEncoder() {
		return new BoundedPasswordEncoder(new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt",
				new BCryptPasswordEncoder(), "argon2", Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8())));
	}

	@Bean
	GuessLimits guessLimits() {
		return new GuessLimits();
	}

	@Bean
	@Order(-1)
	SecurityFilterChain managementSecurity(HttpSecurity http, AuditTrail audit, GuessLimits limits) {
		// Not a bean, since Boot would also register it on the application port.
		AuthenticationFailureHandler signIn = new AuthenticationFailureHandler(audit, limits);
		plain(http.securityMatcher(SecurityConfiguration::isManagement))
			.authorizeHttpRequests((requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
				.permitAll()
				.requestMatchers(EndpointRequest.to("health", "info"))
				.permitAll()
				.requestMatchers(HttpMethod.GET)
				.hasAnyRole(UsersFile.VIEWER, UsersFile.OPERATOR)
				.anyRequest()
				.hasRole(UsersFile.OPERATOR))
			.httpBasic((basic) -> basic.authenticationEntryPoint(signIn))
			.exceptionHandling((failures) -> failures.authenticationEntryPoint(signIn).accessDeniedHandler(signIn))
			.addFilterBefore(new HealthFilter(), BasicAuthenticationFilter.class)
			.addFilterBefore(new CrossSiteFilter(), BasicAuthenticationFilter.class)
			.addFilterBefore(signIn, BasicAuthenticationFilter.class)
			.addFilterAfter(signIn.passed(), BasicAuthenticationFilter.class);
		return http.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain applicationSecurity(HttpSecurity http) {
		plain(http)
			.authorizeHttpRequests((requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
				.permitAll()
				.requestMatchers(WebConfiguration.HOOK, WebConfiguration.DOWNLOAD)
				.permitAll()
				.anyRequest()
				.denyAll())
			.exceptionHandling((failures) -> failures
				.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.NOT_FOUND))
				.accessDeniedHandler((request, response, failure) -> response.setStatus(HttpStatus.NOT_FOUND.value())));
		return http.build();
	}

	/** Matches every request on the management port, whether or not its path exists. */
	private static boolean isManagement(HttpServletRequest request) {
		return WebServerApplicationContext.hasServerNamespace(
				WebApplicationContextUtils.getRequiredWebApplicationContext(request.getServletContext()), "management");
	}

	/** No sessions, forms or pages: clients are programs, or follow a link. */
	static HttpSecurity plain(HttpSecurity http) {
		return http.csrf(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.headers((headers) -> headers.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.NO_REFERRER))
				.contentSecurityPolicy(
						(policy) -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'")));
	}

}
