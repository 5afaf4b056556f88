package dev.dumpkeeper.web;

import java.util.List;
import java.util.Optional;

import jakarta.servlet.http.HttpSession;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Stores a user of the identity provider in a session: texts with a seal over them, so
 * that write access to the database makes nobody an operator. The groups are those of the
 * sign-in; their role is determined with each request.
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

	/** Stores everything but the name. */
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

	/** Removes the attributes of another way of signing in. */
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
	 * @return empty if the session is not of this provider and client, or has no role any
	 * more
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
