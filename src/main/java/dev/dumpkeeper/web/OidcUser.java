package dev.dumpkeeper.web;

import java.util.List;

import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/**
 * A user of the identity provider who has a role here.
 */
final class OidcUser extends DefaultOidcUser {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final List<String> groups;

	OidcUser(OidcIdToken token, String name, String role, List<String> groups) {
		super(AuthorityUtils.createAuthorityList("ROLE_" + role), token);
		this.name = name;
		this.groups = List.copyOf(groups);
	}

	/** The prefix of the name keeps it apart from names of the users file. */
	@Override
	public String getName() {
		return this.name;
	}

	/** The values of the roles claim that mean something here. */
	List<String> groups() {
		return this.groups;
	}

}
