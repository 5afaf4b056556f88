package dev.dumpkeeper.web;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestTemplate;

import dev.dumpkeeper.digest.ShortLinks;

/**
 * Publishes how people sign in to the console by an identity provider, where one is
 * configured.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty("dumpkeeper.console.oidc.issuer")
class OidcConfiguration {

	/** For one whole answer; a sign-in takes up to four. */
	private static final Duration LIMIT = Duration.ofSeconds(4);

	@Bean
	OidcLogin oidcLogin(OidcProperties properties, ShortLinks links, AuditTrail audit, GuessLimits limits,
			Clock clock) {
		BoundedHttp http = new BoundedHttp(LIMIT);
		String base = links.publicUrl().map((url) -> url.toString().replaceAll("/+$", "")).orElse("");
		RestTemplate rest = OidcLogin.rest(http);
		OidcProvider provider = new OidcProvider(properties,
				(base.isEmpty() ? "{baseUrl}" : base) + OidcSignIn.CALLBACK, rest, clock);
		return new OidcLogin(provider,
				new OidcRequests(properties, ConsoleSecurityConfiguration.isPublishedByTls(links), clock),
				new OidcUsers(properties, rest), new OidcSignIn(audit, limits, provider),
				new OidcSignOut(provider, base), new OidcSessions(properties), http);
	}

	/**
	 * Checks ID tokens by the keys that the provider has now. Signatures by a shared
	 * secret, or none, are not accepted whatever the token says.
	 */
	@Bean
	JwtDecoderFactory<ClientRegistration> idTokens(OidcLogin login) {
		RestTemplate rest = OidcLogin.rest(login.http());
		return (registration) -> {
			NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(registration.getProviderDetails().getJwkSetUri())
				.jwsAlgorithms((algorithms) -> algorithms.addAll(Set.of(SignatureAlgorithm.values())))
				.restOperations(rest)
				.build();
			decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(),
					new OidcIdTokenValidator(registration)));
			return decoder;
		};
	}

}
