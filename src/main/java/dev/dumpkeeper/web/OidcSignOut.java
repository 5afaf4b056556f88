package dev.dumpkeeper.web;

import java.net.URI;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

import dev.dumpkeeper.web.OidcProvider.ProviderException;

/**
 * Finds out where somebody who came by the identity provider signs out there too.
 * Spring's handler wants objects in the session, where only texts are.
 */
final class OidcSignOut implements LogoutHandler {

	/** The provider's page, as an attribute of a request that signs out. */
	static final String TO = OidcSignOut.class.getName() + ".to";

	private final OidcProvider provider;

	private final String back;

	/**
	 * Creates an instance.
	 * @param base the address of the service; empty to take that of the request
	 */
	OidcSignOut(OidcProvider provider, String base) {
		this.provider = provider;
		this.back = base;
	}

	/** Before the session ends. */
	@Override
	public void logout(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication caller) {
		HttpSession session = request.getSession(false);
		if (session == null || caller == null || !caller.getName().startsWith(OidcRoles.PREFIX)) {
			return;
		}
		try {
			URI end = this.provider.signOut().orElse(null);
			if (end != null) {
				request.setAttribute(TO, address(end, OidcSessions.token(session), request));
			}
		}
		catch (ProviderException ex) {
			// Whoever signs out here is out, whatever the provider says.
		}
	}

	private String address(URI end, String token, HttpServletRequest request) {
		String base = this.back.isEmpty() ? ServletUriComponentsBuilder.fromContextPath(request).build().toUriString()
				: this.back;
		UriComponentsBuilder address = UriComponentsBuilder.fromUri(end);
		if (!token.isEmpty()) {
			address.queryParam("id_token_hint", "{token}");
		}
		return address.queryParam("client_id", "{client}")
			.queryParam("post_logout_redirect_uri", "{back}")
			.encode()
			.buildAndExpand(token.isEmpty() ? new Object[] { this.provider.clientId(), base + SignInForm.SIGNED_OUT }
					: new Object[] { token, this.provider.clientId(), base + SignInForm.SIGNED_OUT })
			.toUriString();
	}

}
