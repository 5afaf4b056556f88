package dev.dumpkeeper.web;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session holds what the provider said, and a seal over it.
 */
class OidcSessionsTests {

	private final MockHttpSession session = new MockHttpSession();

	private final OidcSessions sessions = sessions("https://login.example.com", "id", "secret", "ops");

	private static OidcSessions sessions(String issuer, String client, String secret, String operators) {
		return new OidcSessions(new OidcProperties(URI.create(issuer), client, secret, "groups", List.of(operators),
				List.of("dev"), "preferred_username"));
	}

	@BeforeEach
	void signIn() {
		OidcIdToken token = new OidcIdToken("token", Instant.EPOCH, Instant.MAX, Map.of("sub", "s-1"));
		this.sessions.save(new OidcUser(token, "oidc:erika", "OPERATOR", List.of("ops", "dev")), this.session);
	}

	@Test
	void itHoldsTextsOnlyAndTheTokenThatTheSignOutWants() {
		assertThat(Collections.list(this.session.getAttributeNames()))
			.containsExactlyInAnyOrder("subject", "groups", "seal", "token")
			.allMatch((name) -> this.session.getAttribute(name) instanceof String);
		assertThat(OidcSessions.token(this.session)).isEqualTo("token");
		OidcSessions.clear(this.session);
		assertThat(Collections.list(this.session.getAttributeNames())).isEmpty();
	}

	@Test
	void aTokenThatIsTooLongForAnAddressIsNotKept() {
		this.session.removeAttribute("token");
		OidcIdToken token = new OidcIdToken("t".repeat(4001), Instant.EPOCH, Instant.MAX, Map.of("sub", "s-1"));
		this.sessions.save(new OidcUser(token, "oidc:erika", "OPERATOR", List.of("ops")), this.session);
		assertThat(OidcSessions.token(this.session)).isEmpty();
	}

	@Test
	void whoSignedInStaysWithTheRoleOfHisGroups() {
		assertThat(this.sessions.load("oidc:erika", this.session)).get()
			.satisfies((caller) -> assertThat(caller.getName()).isEqualTo("oidc:erika"))
			.satisfies(
					(caller) -> assertThat(caller.getAuthorities()).extracting("authority").contains("ROLE_OPERATOR"));
		assertThat(sessions("https://login.example.com", "id", "secret", "others").load("oidc:erika", this.session))
			.get()
			.satisfies((caller) -> assertThat(caller.getAuthorities()).extracting("authority").contains("ROLE_VIEWER"));
	}

	@Test
	void nothingOfItCanBeChanged() {
		assertThat(this.sessions.load("oidc:otto", this.session)).isEmpty();
		this.session.setAttribute("groups", "ops");
		assertThat(this.sessions.load("oidc:erika", this.session)).isEmpty();
		signIn();
		this.session.setAttribute("subject", "s-2");
		assertThat(this.sessions.load("oidc:erika", this.session)).isEmpty();
		signIn();
		assertThat(this.sessions.load("oidc:erika", this.session)).isPresent();
		this.session.removeAttribute("seal");
		assertThat(this.sessions.load("oidc:erika", this.session)).isEmpty();
	}

	@Test
	void itIsWorthNothingAtAnotherProviderOrClientOrWithAnotherSecret() {
		assertThat(sessions("https://other.example.com", "id", "secret", "ops").load("oidc:erika", this.session))
			.isEmpty();
		assertThat(sessions("https://login.example.com", "id2", "secret", "ops").load("oidc:erika", this.session))
			.isEmpty();
		assertThat(sessions("https://login.example.com", "id", "secret2", "ops").load("oidc:erika", this.session))
			.isEmpty();
	}

	@Test
	void aSealKnowsWhereOneTextEnds() {
		Seal seal = new Seal("secret", "a test");
		assertThat(seal.of("ab", "c")).isNotEqualTo(seal.of("a", "bc")).isNotEqualTo(seal.of("abc"));
		assertThat(seal.of("a")).isNotEqualTo(new Seal("secret", "another").of("a"));
	}

}
