package dev.dumpkeeper.console;

import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.DispatcherServlet;

import dev.dumpkeeper.lab.Lab;

/**
 * A real identity provider in this JVM, at another host name than the service: two
 * colleagues with groups, and one whom nobody here knows.
 */
final class IdentityProvider implements AutoCloseable {

	static final String CLIENT = "dumpkeeper";

	static final String SECRET = "a-secret-of-the-client";

	static final String PASSWORD = "at-the-provider";

	/** Group by name; one without has none. */
	static final Map<String, List<String>> GROUPS = new ConcurrentHashMap<>(
			Map.of("erika", List.of("staff", "platform-oncall"), "hans", List.of("staff", "developers")));

	private final ConfigurableApplicationContext context;

	private final URI issuer;

	private IdentityProvider(ConfigurableApplicationContext context, URI issuer) {
		this.context = context;
		this.issuer = issuer;
	}

	/**
	 * Starts it.
	 * @param services addresses of services whose people it knows
	 */
	static IdentityProvider start(int port, URI... services) {
		URI issuer = URI.create("http://localhost:" + port);
		String back = String.join(",",
				List.of(services).stream().map((service) -> service + "/console/sign-in/oidc/callback").toList());
		return new IdentityProvider(new SpringApplicationBuilder(Provider.class).web(WebApplicationType.SERVLET)
			.registerShutdownHook(false)
			.properties("spring.config.name=none", "spring.main.banner-mode=off", "provider.port=" + port,
					"provider.issuer=" + issuer, "provider.back=" + back,
					"provider.out=" + back.replace("/oidc/callback", "?out"))
			.run(), issuer);
	}

	static IdentityProvider start(URI... services) {
		return start(Lab.freePort(), services);
	}

	URI issuer() {
		return this.issuer;
	}

	/** What a service is configured with. */
	String[] properties() {
		return new String[] { "dumpkeeper.console.oidc.issuer=" + this.issuer,
				"dumpkeeper.console.oidc.client-id=" + CLIENT, "dumpkeeper.console.oidc.client-secret=" + SECRET,
				"dumpkeeper.console.oidc.operators=platform-oncall", "dumpkeeper.console.oidc.viewers=developers" };
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Nothing of Boot's auto-configuration, which would start half of the service, and no
	 * annotation by which the service would find it.
	 */
	@EnableWebSecurity
	static class Provider {

		@Bean
		TomcatServletWebServerFactory server(Environment environment) {
			return new TomcatServletWebServerFactory(environment.getRequiredProperty("provider.port", Integer.class));
		}

		/** Filters run before a servlet, even if it has nothing to do. */
		@Bean
		DispatcherServlet servlet() {
			return new DispatcherServlet();
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.oauth2AuthorizationServer((server) -> server.oidc(Customizer.withDefaults()))
				.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin(Customizer.withDefaults());
			return http.build();
		}

		@Bean
		UserDetailsService colleagues() {
			return new InMemoryUserDetailsManager(List.of("erika", "hans", "nobody")
				.stream()
				.map((name) -> User.withUsername(name).password("{noop}" + PASSWORD).roles("USER").build())
				.toList());
		}

		@Bean
		RegisteredClientRepository clients(Environment environment) {
			return new InMemoryRegisteredClientRepository(RegisteredClient.withId("1")
				.clientId(CLIENT)
				.clientSecret("{noop}" + SECRET)
				.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
				.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
				.redirectUris((addresses) -> addresses
					.addAll(List.of(environment.getRequiredProperty("provider.back").split(","))))
				.postLogoutRedirectUris((addresses) -> addresses
					.addAll(List.of(environment.getRequiredProperty("provider.out").split(","))))
				.scope(OidcScopes.OPENID)
				.scope(OidcScopes.PROFILE)
				.clientSettings(ClientSettings.builder().requireProofKey(true).build())
				.build());
		}

		@Bean
		JWKSource<SecurityContext> keys() throws NoSuchAlgorithmException {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			KeyPair pair = generator.generateKeyPair();
			return new ImmutableJWKSet<>(
					new JWKSet(new RSAKey.Builder((RSAPublicKey) pair.getPublic()).privateKey(pair.getPrivate())
						.keyID("one")
						.build()));
		}

		@Bean
		JwtDecoder tokens(JWKSource<SecurityContext> keys) {
			return NimbusJwtDecoder.withJwkSource(keys).build();
		}

		@Bean
		AuthorizationServerSettings settings(Environment environment) {
			return AuthorizationServerSettings.builder()
				.issuer(environment.getRequiredProperty("provider.issuer"))
				.build();
		}

		@Bean
		OAuth2TokenCustomizer<JwtEncodingContext> claims() {
			return (context) -> {
				if (OidcParameterNames.ID_TOKEN.equals(context.getTokenType().getValue())) {
					String name = context.getPrincipal().getName();
					context.getClaims()
						.subject("subject-of-" + name)
						.claim("preferred_username", name)
						.claim("groups", GROUPS.getOrDefault(name, List.of()));
				}
			};
		}

	}

}
