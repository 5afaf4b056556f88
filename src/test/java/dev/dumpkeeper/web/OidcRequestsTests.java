package dev.dumpkeeper.web;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sign-in that has begun lies in a cookie of the browser.
 */
class OidcRequestsTests {

	private static final OidcProperties PROPERTIES = new OidcProperties(URI.create("https://login.example.com"), "id",
			"secret", "groups", List.of("ops"), List.of(), "preferred_username");

	private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

	@Test
	void itComesBackWithItsStateNonceAndVerifier() {
		MockHttpServletRequest back = back(begin("/console/dumps/1"), "the-state");
		OAuth2AuthorizationRequest begun = at(NOW.plusSeconds(599)).loadAuthorizationRequest(back);
		assertThat(begun).isNotNull();
		assertThat(begun.getState()).isEqualTo("the-state");
		assertThat(begun.<String>getAttribute("nonce")).isEqualTo("the-nonce");
		assertThat(begun.<String>getAttribute("code_verifier")).isEqualTo("the-verifier");
		assertThat(begun.getRedirectUri()).isEqualTo("https://here.example.com/back");
		assertThat(back.getAttribute(OidcRequests.TO)).isEqualTo("/console/dumps/1");
	}

	@Test
	void itIsWorthNothingLaterOrForAnotherState() {
		Cookie cookie = begin("/console");
		assertThat(at(NOW.plus(Duration.ofMinutes(10))).loadAuthorizationRequest(back(cookie, "the-state"))).isNull();
		assertThat(at(NOW).loadAuthorizationRequest(back(cookie, "another"))).isNull();
		assertThat(at(NOW).loadAuthorizationRequest(back(new Cookie(OidcRequests.COOKIE, "x"), "the-state"))).isNull();
		assertThat(at(NOW).loadAuthorizationRequest(back(new Cookie(OidcRequests.COOKIE, "x.y"), "the-state")))
			.isNull();
		cookie.setValue("A" + cookie.getValue());
		assertThat(at(NOW).loadAuthorizationRequest(back(cookie, "the-state"))).isNull();
	}

	@Test
	void theCookieIsForTheSignInOnly() {
		MockHttpServletResponse response = new MockHttpServletResponse();
		begin("https://evil.example/", response);
		assertThat(response.getHeader("Set-Cookie")).contains("Path=/console/sign-in/oidc", "HttpOnly", "Secure",
				"SameSite=Lax", "Max-Age=600");
		Cookie cookie = response.getCookie(OidcRequests.COOKIE);
		MockHttpServletRequest back = back(cookie, "the-state");
		MockHttpServletResponse ended = new MockHttpServletResponse();
		assertThat(at(NOW).removeAuthorizationRequest(back, ended)).isNotNull();
		assertThat(back.getAttribute(OidcRequests.TO)).isEqualTo("/console");
		assertThat(ended.getHeader("Set-Cookie")).contains("Max-Age=0");
	}

	private static OidcRequests at(Instant now) {
		return new OidcRequests(PROPERTIES, true, Clock.fixed(now, ZoneOffset.UTC));
	}

	private static Cookie begin(String to) {
		MockHttpServletResponse response = new MockHttpServletResponse();
		begin(to, response);
		return response.getCookie(OidcRequests.COOKIE);
	}

	private static void begin(String to, MockHttpServletResponse response) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setParameter("to", to);
		at(NOW).saveAuthorizationRequest(OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri("https://login.example.com/authorize")
			.clientId("id")
			.state("the-state")
			.redirectUri("https://here.example.com/back")
			.attributes(
					(attributes) -> attributes.putAll(Map.of("nonce", "the-nonce", "code_verifier", "the-verifier")))
			.build(), request, response);
	}

	private static MockHttpServletRequest back(Cookie cookie, String state) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setCookies(cookie);
		request.setParameter("state", state);
		return request;
	}

}
