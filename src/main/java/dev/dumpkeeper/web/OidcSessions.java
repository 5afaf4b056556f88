package dev.dumpkeeper.web;

import java.util.List;
import java.util.Optional;

import jakarta.servlet.http.HttpSession;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * What a session holds of somebody who signed in by the identity provider: texts, and a
 * seal over them, so that whoever can write to the database makes no operator. The groups
 * are those told at the sign-in; what they mean is looked up with each request.
 */
final class OidcSessions {

	private static final String SUBJECT = "subject";

	private static final String GROUPS = "groups";

	private static final String SEAL = "seal";

	/** By which the provider knows whom it signs out. */
	private static final String TOKEN = "token";

	/** It becomes a part of an address. */
	private static final int LONGEST_TOKEN = 4000;

	private final OidcRoles roles;

	private final Seal seal;

	private final String issuer;

	private final String clientId;

	OidcSessions(OidcProperties properties) {
		this.roles = new OidcRoles(properties);
		this.seal = new Seal(properties.clientSecret(), "a session of the console");
		this.issuer = String.valueOf(properties.issuer());
		this.clientId = properties.clientId();
	}

	/** Adds all but the name. */
	void save(OidcUser user, HttpSession session) {
		String groups = String.join("\n", user.groups());
		session.setAttribute(SUBJECT, user.getSubject());
		session.setAttribute(GROUPS, groups);
		String token = user.getIdToken().getTokenValue();
		if (token.length() <= LONGEST_TOKEN) {
			session.setAttribute(TOKEN, token);
		}
		session.setAttribute(SEAL, this.seal.of(this.issuer, this.clientId, user.getName(), user.getSubject(), groups));
	}

	/** Removes what another way of signing in left behind. */
	static void clear(HttpSession session) {
		session.removeAttribute(SUBJECT);
		session.removeAttribute(GROUPS);
		session.removeAttribute(SEAL);
		session.removeAttribute(TOKEN);
	}

	/** The token of the sign-in; empty for a long one, and for other sessions. */
	static String token(HttpSession session) {
		return (session.getAttribute(TOKEN) instanceof String token) ? token : "";
	}

	/**
	 * Returns who is signed in.
	 * @return empty where the session is none of this provider and client, or has no role
	 * any more
	 */
	Optional<Authentication> load(String name, HttpSession session) {
		if (session.getAttribute(SUBJECT) instanceof String subject
				&& session.getAttribute(GROUPS) instanceof String groups
				&& session.getAttribute(SEAL) instanceof String found
				&& this.seal.matches(found, this.issuer, this.clientId, name, subject, groups)) {
			return this.roles.role(List.of(groups.split("\n")))
				.map((role) -> UsernamePasswordAuthenticationToken.authenticated(name, null,
						AuthorityUtils.createAuthorityList("ROLE_" + role)));
		}
		return Optional.empty();
	}

}
