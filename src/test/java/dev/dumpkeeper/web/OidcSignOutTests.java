package dev.dumpkeeper.web;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.test.web.client.match.MockRestRequestMatchers;
import org.springframework.test.web.client.response.MockRestResponseCreators;
import org.springframework.web.client.RestTemplate;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OidcSignOut}: where a sign-out leads, whatever the provider says.
 */
class OidcSignOutTests {

	private static final String ISSUER = "https://login.example.com";

	private final RestTemplate http = new RestTemplate();

	private final MockRestServiceServer server = MockRestServiceServer.createServer(this.http);

	private final OidcProvider provider = new OidcProvider(new OidcProperties(URI.create(ISSUER), "our id", "secret",
			"groups", List.of("ops"), List.of("dev"), "preferred_username"), "{baseUrl}/back", this.http,
			Clock.systemUTC());

	private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/console/sign-out");

	@Test
	void itLeadsToTheProviderAndBack() {
		describes(ISSUER + "/out?a=b");
		assertThat(to("oidc:erika", "the token", "https://dumps.example.com")).isEqualTo(ISSUER
				+ "/out?a=b&id_token_hint=the%20token&client_id=our%20id&post_logout_redirect_uri=https%3A%2F%2Fdumps.example.com%2Fconsole%2Fsign-in%3Fout");
	}

	@Test
	void withoutATokenTheProviderMayAsk() {
		describes(ISSUER + "/out");
		assertThat(to("oidc:erika", "", "")).isEqualTo(ISSUER
				+ "/out?client_id=our%20id&post_logout_redirect_uri=http%3A%2F%2Flocalhost%2Fconsole%2Fsign-in%3Fout");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "https://evil.example/out", "javascript:alert(1)", "http://login.example.com/out",
			"https://login.example.com:444/out", "https://login.example.com@evil.example/", "", "//" })
	void anAddressThatABrowserWouldNotBeLedToCountsAsNone(@Nullable String end) {
		describes(end);
		assertThat(to("oidc:erika", "token", "")).isNull();
	}

	@Test
	void aProviderThatIsAwayKeepsNobodySignedIn() {
		this.server.expect(MockRestRequestMatchers.anything()).andRespond(MockRestResponseCreators.withServerError());
		assertThat(to("oidc:erika", "token", "")).isNull();
	}

	@Test
	void whoCameByAPasswordDoesNotAskTheProvider() {
		assertThat(to("otto", "", "")).isNull();
		this.server.verify();
	}

	private void describes(@Nullable String end) {
		Map<String, Object> description = new LinkedHashMap<>(
				Map.of("issuer", ISSUER, "authorization_endpoint", ISSUER + "/a", "token_endpoint", ISSUER + "/t",
						"jwks_uri", ISSUER + "/k", "subject_types_supported", List.of("public")));
		if (end != null) {
			description.put("end_session_endpoint", end);
		}
		this.server.expect(MockRestRequestMatchers.requestTo(ISSUER + "/.well-known/openid-configuration"))
			.andRespond(MockRestResponseCreators.withSuccess(JsonMapper.shared().writeValueAsString(description),
					MediaType.APPLICATION_JSON));
	}

	private @Nullable Object to(String name, String token, String base) {
		if (!token.isEmpty()) {
			this.request.getSession(true).setAttribute("token", token);
		}
		this.request.getSession(true);
		new OidcSignOut(this.provider, base).logout(this.request, new MockHttpServletResponse(),
				new TestingAuthenticationToken(name, null));
		return this.request.getAttribute(OidcSignOut.TO);
	}

}
