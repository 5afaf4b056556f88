package dev.dumpkeeper.web;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the claims of an identity provider mean here.
 */
class OidcRolesTests {

	private static OidcRoles roles(String claim) {
		return new OidcRoles(new OidcProperties(URI.create("https://login.example.com"), "id", "secret", claim,
				List.of("ops"), List.of("dev", "qa"), "preferred_username"));
	}

	private static String role(String claim, Map<String, Object> claims) {
		OidcRoles roles = roles(claim);
		return roles.role(roles.groups(claims)).orElse("");
	}

	@Test
	void theHigherRoleCounts() {
		assertThat(role("groups", Map.of("groups", List.of("dev", "ops")))).isEqualTo("OPERATOR");
		assertThat(role("groups", Map.of("groups", List.of("all", "qa")))).isEqualTo("VIEWER");
	}

	@Test
	void whatMeansNothingHereIsNoRole() {
		assertThat(role("groups", Map.of())).isEmpty();
		assertThat(role("groups", Map.of("groups", List.of("OPS", "ops ", "op", "")))).isEmpty();
		assertThat(role("groups", Map.of("groups", Map.of("ops", true)))).isEmpty();
		assertThat(role("groups", Map.of("groups", List.of(List.of("ops"), 7)))).isEmpty();
		assertThat(role("groups", Map.of("groups", "dev ops"))).isEmpty();
	}

	@Test
	void aClaimMayBeOneTextOrStandInAnother() {
		assertThat(role("groups", Map.of("groups", "ops"))).isEqualTo("OPERATOR");
		assertThat(role("realm_access.roles", Map.of("realm_access", Map.of("roles", List.of("ops")))))
			.isEqualTo("OPERATOR");
		assertThat(role("https://example.com/roles", Map.of("https://example.com/roles", List.of("qa"))))
			.isEqualTo("VIEWER");
	}

	@Test
	void groupsThatMeanSomethingAreKeptAndNoOthers() {
		assertThat(roles("groups").groups(Map.of("groups", List.of("x", "qa", "ops", "y")))).containsExactly("ops",
				"qa");
	}

	@Test
	void aNameIsNoneOfTheUsersFileAndCanBeShown() {
		assertThat(roles("groups").name(Map.of("preferred_username", "otto"), "s")).isEqualTo("oidc:otto");
		assertThat(roles("groups").name(Map.of(), "s-1")).isEqualTo("oidc:s-1");
		assertThat(roles("groups").name(Map.of("preferred_username", " "), "s-1")).isEqualTo("oidc:s-1");
		assertThat(roles("groups").name(Map.of("preferred_username", "a\nb\u202e" + "x".repeat(500)), "s"))
			.hasSizeLessThanOrEqualTo(100)
			.startsWith("oidc:a\\u000ab\\u202ex");
	}

}
