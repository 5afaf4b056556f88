package dev.dumpkeeper.web;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * The parts of a sign-in by the identity provider, and their places in the filter chain.
 *
 * @param provider what the provider says of itself
 * @param requests sign-ins that have begun
 * @param users who gets which role
 * @param signIn limits, records and pages
 * @param signOut where people sign out at the provider
 * @param sessions what is kept of who has signed in
 * @param http for calls that are bounded
 */
record OidcLogin(OidcProvider provider, OidcRequests requests, OidcUsers users, OidcSignIn signIn, OidcSignOut signOut,
		OidcSessions sessions, BoundedHttp http) {

	static RestTemplate rest(BoundedHttp http) {
		RestTemplate rest = new RestTemplate();
		rest.setInterceptors(List.of(http));
		return rest;
	}

	void addTo(HttpSecurity http) {
		RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
		tokens.setRestClient(RestClient.builder()
			.requestInterceptor(this.http)
			.configureMessageConverters((converters) -> converters.addCustomConverter(new FormHttpMessageConverter())
				.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
			.defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
			.build());
		http.oauth2Login((login) -> login.loginPage(SignInForm.PATH)
			.clientRegistrationRepository(this.provider)
			.authorizedClientRepository(new NoTokens())
			.authorizationEndpoint((endpoint) -> endpoint.authorizationRequestResolver(new Begun(this.provider))
				.authorizationRequestRepository(this.requests))
			.redirectionEndpoint((endpoint) -> endpoint.baseUri(OidcSignIn.CALLBACK))
			.tokenEndpoint((endpoint) -> endpoint.accessTokenResponseClient(tokens))
			.userInfoEndpoint((endpoint) -> endpoint.oidcUserService(this.users::loadUser))
			.successHandler(this.signIn)
			.failureHandler(this.signIn))
			.logout((logout) -> logout.addLogoutHandler(this.signOut))
			.addFilterBefore(this.signIn, OAuth2AuthorizationRequestRedirectFilter.class);
	}

	/** Begins a sign-in where one is asked for, with a challenge for the code. */
	private static final class Begun implements OAuth2AuthorizationRequestResolver {

		private final DefaultOAuth2AuthorizationRequestResolver requests;

		Begun(OidcProvider provider) {
			this.requests = new DefaultOAuth2AuthorizationRequestResolver(provider, SignInForm.PATH);
			this.requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
		}

		@Override
		public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
			return OidcSignIn.BEGINS.matches(request) ? resolve(request, OidcProvider.ID) : null;
		}

		@Override
		public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String id) {
			return this.requests.resolve(request, id);
		}

	}

	/** No service is called on the user's behalf, so no token is kept. */
	private static final class NoTokens implements OAuth2AuthorizedClientRepository {

		@Override
		public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(String id, Authentication caller,
				HttpServletRequest request) {
			return null;
		}

		@Override
		public void saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication caller,
				HttpServletRequest request, HttpServletResponse response) {
			// See above.
		}

		@Override
		public void removeAuthorizedClient(String id, Authentication caller, HttpServletRequest request,
				HttpServletResponse response) {
			// See above.
		}

	}

}
