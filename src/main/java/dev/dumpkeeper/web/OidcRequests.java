package dev.dumpkeeper.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.web.util.WebUtils;

/**
 * Keeps a pending sign-in, with its state, nonce and verifier, in a sealed cookie of the
 * browser: strangers create no session, and any replica can complete it.
 */
final class OidcRequests implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

	static final String COOKIE = "dumpkeeper-oidc";

	/** Where to go on afterwards, as an attribute of the request. */
	static final String TO = OidcRequests.class.getName() + ".to";

	/** How long a user has for the provider's pages. */
	private static final Duration TIME = Duration.ofMinutes(10);

	private final OidcProperties properties;

	private final Seal seal;

	private final boolean secure;

	private final Clock clock;

	OidcRequests(OidcProperties properties, boolean secure, Clock clock) {
		this.properties = properties;
		this.seal = new Seal(properties.clientSecret(), "a sign-in that has begun");
		this.secure = secure;
		this.clock = clock;
	}

	@Override
	public void saveAuthorizationRequest(@Nullable OAuth2AuthorizationRequest begun, HttpServletRequest request,
			HttpServletResponse response) {
		if (begun == null) {
			set(response, "", Duration.ZERO);
			return;
		}
		String content = encode(String.join("\n", Long.toString(this.clock.instant().plus(TIME).toEpochMilli()),
				String.valueOf(begun.getState()), String.valueOf(begun.<String>getAttribute(OidcParameterNames.NONCE)),
				String.valueOf(begun.<String>getAttribute(PkceParameterNames.CODE_VERIFIER)),
				String.valueOf(begun.getRedirectUri()), ReturnAddress.of(request.getParameter(SignInForm.TO))));
		set(response, content + "." + this.seal.of(content), TIME);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
		Cookie cookie = WebUtils.getCookie(request, COOKIE);
		String[] parts = (cookie != null) ? cookie.getValue().split("\\.", 2) : new String[0];
		if (parts.length != 2 || !this.seal.matches(parts[1], parts[0])) {
			return null;
		}
		String[] begun = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8).split("\n", -1);
		request.setAttribute(TO, begun[5]);
		if (!Instant.ofEpochMilli(Long.parseLong(begun[0])).isAfter(this.clock.instant())
				|| !begun[1].equals(request.getParameter(OAuth2ParameterNames.STATE))) {
			return null;
		}
		return OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri(String.valueOf(this.properties.issuer()))
			.clientId(this.properties.clientId())
			.scope(OidcScopes.OPENID)
			.state(begun[1])
			.redirectUri(begun[4])
			.attributes((attributes) -> attributes.putAll(Map.of(OAuth2ParameterNames.REGISTRATION_ID, OidcProvider.ID,
					OidcParameterNames.NONCE, begun[2], PkceParameterNames.CODE_VERIFIER, begun[3])))
			.build();
	}

	/** A sign-in can be completed only once. */
	@Override
	public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(HttpServletRequest request,
			HttpServletResponse response) {
		OAuth2AuthorizationRequest begun = loadAuthorizationRequest(request);
		if (begun != null) {
			set(response, "", Duration.ZERO);
		}
		return begun;
	}

	private static String encode(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	/** Lax, not Strict: it must be sent when the provider redirects back. */
	private void set(HttpServletResponse response, String value, Duration age) {
		response.addHeader(HttpHeaders.SET_COOKIE,
				ResponseCookie.from(COOKIE, value)
					.path(OidcSignIn.PATH)
					.httpOnly(true)
					.secure(this.secure)
					.sameSite("Lax")
					.maxAge(age)
					.build()
					.toString());
	}

}
