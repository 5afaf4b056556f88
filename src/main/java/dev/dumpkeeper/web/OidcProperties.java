package dev.dumpkeeper.web;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The identity provider by which people sign in to the console with OpenID Connect.
 *
 * @param issuer the provider's issuer address, below which it describes itself; without
 * one nobody signs in by a provider
 * @param clientId the name under which the console is registered there
 * @param clientSecret the password of that registration
 * @param rolesClaim the claim that lists a user's groups or roles; a dot leads into a
 * claim
 * @param operators values of that claim that make an operator
 * @param viewers values of that claim that make a viewer
 * @param nameClaim the claim with the name under which somebody is shown and recorded;
 * where it is missing the subject is taken
 */
@ConfigurationProperties("dumpkeeper.console.oidc")
record OidcProperties(@Nullable URI issuer, @DefaultValue("") String clientId, @DefaultValue("") String clientSecret,
		@DefaultValue("groups") String rolesClaim, @DefaultValue List<String> operators,
		@DefaultValue List<String> viewers, @DefaultValue("preferred_username") String nameClaim) {

	private static final String PREFIX = "dumpkeeper.console.oidc.";

	OidcProperties {
		operators = List.copyOf(operators);
		viewers = List.copyOf(viewers);
		if (issuer == null) {
			if (!clientId.isEmpty() || !clientSecret.isEmpty() || !operators.isEmpty() || !viewers.isEmpty()) {
				throw new IllegalArgumentException(PREFIX + "issuer is missing: without it the other properties of "
						+ PREFIX.replaceAll("\\.$", "") + " have no effect");
			}
		}
		else {
			check(issuer);
			required("client-id", clientId);
			required("client-secret", clientSecret);
			required("roles-claim", rolesClaim);
			required("name-claim", nameClaim);
			if (operators.isEmpty() && viewers.isEmpty()) {
				throw new IllegalArgumentException(PREFIX + "operators is missing, and so is viewers: without a group"
						+ " in either nobody could sign in by the provider");
			}
		}
	}

	/** Omits the value, since it may contain a password. */
	private static void check(URI issuer) {
		if (issuer.getHost() == null || issuer.getRawUserInfo() != null || issuer.getRawQuery() != null
				|| issuer.getRawFragment() != null || !isSafe(issuer)) {
			throw new IllegalArgumentException(PREFIX + "issuer is invalid; expected an address such as"
					+ " https://login.example.com/realms/staff, without a user, a query or a fragment;"
					+ " http only for a provider on this machine");
		}
	}

	private static void required(String name, String value) {
		if (value.isBlank()) {
			throw new IllegalArgumentException(
					PREFIX + name + " is missing: an identity provider needs it beside " + PREFIX + "issuer");
		}
	}

	/** Anybody who reads or changes its answers can sign in as any user. */
	static boolean isSafe(URI address) {
		String host = address.getHost();
		return host != null && ("https".equals(address.getScheme()) || "http".equals(address.getScheme())
				&& (host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}")));
	}

	/** The secret is not shown. */
	@Override
	public String toString() {
		return "OidcProperties[issuer=" + this.issuer + "]";
	}

}
