package dev.dumpkeeper.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestOperations;

/**
 * Maps a user of the provider to a role by the user's groups. They are in the ID token,
 * or with some providers only in the answer of the userinfo endpoint.
 */
final class OidcUsers
		implements OAuth2UserService<OidcUserRequest, org.springframework.security.oauth2.core.oidc.user.OidcUser> {

	/** The code of the failure. */
	static final String NO_ROLE = "no_role";

	private final OidcRoles roles;

	private final DefaultOAuth2UserService userInfo = new DefaultOAuth2UserService();

	OidcUsers(OidcProperties properties, RestOperations http) {
		this.roles = new OidcRoles(properties);
		this.userInfo.setRestOperations(http);
	}

	@Override
	public OidcUser loadUser(OidcUserRequest request) {
		Map<String, Object> claims = new LinkedHashMap<>(request.getIdToken().getClaims());
		String subject = request.getIdToken().getSubject();
		if (!this.roles.hasRolesClaim(claims) && StringUtils
			.hasText(request.getClientRegistration().getProviderDetails().getUserInfoEndpoint().getUri())) {
			Map<String, Object> more = this.userInfo.loadUser(request).getAttributes();
			// An access token of another user would bring that user's groups.
			if (!subject.equals(more.get(IdTokenClaimNames.SUB))) {
				throw new OAuth2AuthenticationException(new OAuth2Error("invalid_user_info_response"));
			}
			more.forEach(claims::putIfAbsent);
		}
		List<String> groups = this.roles.groups(claims);
		String name = this.roles.name(claims, subject);
		String role = this.roles.role(groups).orElseThrow(() -> new NoRoleException(name, subject));
		return new OidcUser(request.getIdToken(), name, role, groups);
	}

	/** The user signed in at the provider but has no role here. */
	static final class NoRoleException extends OAuth2AuthenticationException {

		private static final long serialVersionUID = 1L;

		private final String name;

		private final String subject;

		NoRoleException(String name, String subject) {
			super(new OAuth2Error(NO_ROLE));
			this.name = name;
			this.subject = subject;
		}

		String name() {
			return this.name;
		}

		String subject() {
			return this.subject;
		}

	}

}
