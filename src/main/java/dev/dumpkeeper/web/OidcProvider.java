package dev.dumpkeeper.web;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.RequestEntity;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestOperations;

/**
 * Reads the identity provider's description at sign-in and not before, so that a service
 * starts while the provider is unavailable. Reads it again after a while.
 */
final class OidcProvider implements ClientRegistrationRepository {

	/** The name of the only registration, a part of the callback's address. */
	static final String ID = "oidc";

	private static final Logger logger = LoggerFactory.getLogger(OidcProvider.class);

	private static final String DESCRIPTION = "/.well-known/openid-configuration";

	private static final Duration KNOWN_FOR = Duration.ofHours(1);

	/** How long to wait before asking again after a failure. */
	private static final Duration AWAY_FOR = Duration.ofSeconds(5);

	private final OidcProperties properties;

	private final String redirectUri;

	private final RestOperations http;

	private final Clock clock;

	private @Nullable ClientRegistration known;

	private Instant askAgain = Instant.MIN;

	/**
	 * Creates an instance without a call.
	 * @param redirectUri where the provider sends people back to, with Spring's variables
	 * @param http for calls that are bounded
	 */
	OidcProvider(OidcProperties properties, String redirectUri, RestOperations http, Clock clock) {
		this.properties = properties;
		this.redirectUri = redirectUri;
		this.http = http;
		this.clock = clock;
	}

	@Override
	public @Nullable ClientRegistration findByRegistrationId(String id) {
		return ID.equals(id) ? registration() : null;
	}

	/**
	 * Returns how to sign in at the provider.
	 * @throws ProviderException when it is away, or describes itself in a way that cannot
	 * be used
	 */
	synchronized ClientRegistration registration() {
		Instant now = this.clock.instant();
		ClientRegistration registration = this.known;
		if (now.isBefore(this.askAgain)) {
			if (registration == null) {
				throw new ProviderException(true, "the identity provider did not answer a moment ago", null);
			}
			return registration;
		}
		this.known = null;
		this.askAgain = now.plus(AWAY_FOR);
		registration = ask();
		this.known = registration;
		this.askAgain = now.plus(KNOWN_FOR);
		return registration;
	}

	String clientId() {
		return this.properties.clientId();
	}

	/**
	 * Returns where people sign out at the provider. A form that leads to another site
	 * than the provider's is not sent by a browser, so that place has to be there.
	 * @return empty where it names no such place
	 * @throws ProviderException as for a sign-in
	 */
	Optional<URI> signOut() {
		Object end = registration().getProviderDetails().getConfigurationMetadata().get("end_session_endpoint");
		return (end instanceof String address && isUsable(address) && origin(URI.create(address)).equals(origin()))
				? Optional.of(URI.create(address)) : Optional.empty();
	}

	/** The provider's site. */
	String origin() {
		return origin(Objects.requireNonNull(this.properties.issuer()));
	}

	private static String origin(URI address) {
		return address.getScheme() + "://" + address.getRawAuthority();
	}

	private ClientRegistration ask() {
		String issuer = Objects.requireNonNull(this.properties.issuer()).toString();
		try {
			Map<String, Object> description = this.http
				.exchange(RequestEntity.get(URI.create(issuer.replaceAll("/+$", "") + DESCRIPTION)).build(),
						new ParameterizedTypeReference<Map<String, Object>>() {
						})
				.getBody();
			if (description == null || !issuer.equals(description.get("issuer"))) {
				throw new ProviderException(false,
						"the identity provider describes another issuer than dumpkeeper.console.oidc.issuer", null);
			}
			for (String endpoint : new String[] { "authorization_endpoint", "token_endpoint", "jwks_uri" }) {
				if (!(description.get(endpoint) instanceof String address) || !isUsable(address)) {
					throw new ProviderException(false,
							"the identity provider describes no " + endpoint + " that is reached by https", null);
				}
			}
			if (!(description.get("userinfo_endpoint") instanceof String address) || !isUsable(address)) {
				description = new LinkedHashMap<>(description);
				description.remove("userinfo_endpoint");
			}
			return ClientRegistrations.fromOidcConfiguration(description)
				.registrationId(ID)
				.clientId(this.properties.clientId())
				.clientSecret(this.properties.clientSecret())
				.scope(OidcScopes.OPENID, OidcScopes.PROFILE)
				.redirectUri(this.redirectUri)
				.build();
		}
		catch (RestClientException ex) {
			logger.warn("the identity provider does not describe itself at {}{}: {}", issuer, DESCRIPTION,
					ex.getClass().getSimpleName());
			throw new ProviderException(isAway(ex), "the identity provider does not describe itself", ex);
		}
		catch (ProviderException ex) {
			logger.warn("{}", ex.getMessage());
			throw ex;
		}
		catch (RuntimeException ex) {
			logger.warn("the identity provider's description cannot be used: {}", ex.getClass().getSimpleName());
			throw new ProviderException(false, "the identity provider's description cannot be used", ex);
		}
	}

	private static boolean isUsable(String address) {
		try {
			return OidcProperties.isSafe(URI.create(address));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/** Whether the call failed, rather than its answer being invalid. */
	static boolean isAway(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException
					|| cause instanceof org.springframework.web.client.HttpServerErrorException) {
				return true;
			}
		}
		return false;
	}

	/** The provider cannot be used for a sign-in. */
	static final class ProviderException extends RuntimeException {

		private final boolean away;

		ProviderException(boolean away, String message, @Nullable Throwable cause) {
			super(message, cause);
			this.away = away;
		}

		/** Whether a later attempt may succeed. */
		boolean isAway() {
			return this.away;
		}

	}

}
