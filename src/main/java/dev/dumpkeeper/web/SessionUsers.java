package dev.dumpkeeper.web;

import java.util.Optional;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;

/**
 * Determines who is signed in. A session contains only texts: the user's rights are read
 * from the users file with each request, so that a removal or another role or password
 * takes effect at once. A user of an identity provider has the current role of the
 * groups.
 */
final class SessionUsers implements SecurityContextRepository {

	static final String NAME = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

	private static final String PASSWORD = "password";

	private final UsersFile users;

	private final @Nullable OidcSessions oidc;

	/**
	 * Creates an instance.
	 * @param oidc {@code null} without an identity provider
	 */
	SessionUsers(UsersFile users, @Nullable OidcSessions oidc) {
		this.users = users;
		this.oidc = oidc;
	}

	@Override
	@SuppressWarnings({ "deprecation", "removal" })
	public SecurityContext loadContext(HttpRequestResponseHolder holder) {
		return load(holder.getRequest());
	}

	@Override
	public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
		return new Deferred(() -> load(request));
	}

	private SecurityContext load(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		if (session != null && session.getAttribute(NAME) instanceof String name) {
			if (name.startsWith(OidcRoles.PREFIX)) {
				return Optional.ofNullable(this.oidc)
					.flatMap((oidc) -> oidc.load(name, session))
					.map(SecurityContextImpl::new)
					.orElseGet(SecurityContextImpl::new);
			}
			try {
				UserDetails user = this.users.loadUserByUsername(name);
				if (fingerprint(user).equals(session.getAttribute(PASSWORD))) {
					return new SecurityContextImpl(
							UsernamePasswordAuthenticationToken.authenticated(name, null, user.getAuthorities()));
				}
			}
			catch (UsernameNotFoundException ex) {
				// Removed from the file since: as if never signed in.
			}
		}
		return new SecurityContextImpl();
	}

	@Override
	public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
		Authentication caller = context.getAuthentication();
		if (caller == null || !caller.isAuthenticated()) {
			HttpSession session = request.getSession(false);
			if (session != null) {
				session.removeAttribute(NAME);
			}
			return;
		}
		if (this.oidc != null && caller.getPrincipal() instanceof OidcUser user) {
			HttpSession session = request.getSession(true);
			session.removeAttribute(PASSWORD);
			session.setAttribute(NAME, user.getName());
			this.oidc.save(user, session);
			return;
		}
		UserDetails user = this.users.loadUserByUsername(caller.getName());
		HttpSession session = request.getSession(true);
		OidcSessions.clear(session);
		session.setAttribute(NAME, user.getUsername());
		session.setAttribute(PASSWORD, fingerprint(user));
	}

	@Override
	public boolean containsContext(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		return session != null && session.getAttribute(NAME) != null;
	}

	/** Shows whether a hash was changed, without revealing it. */
	private static String fingerprint(UserDetails user) {
		return Fingerprint.of(String.valueOf(user.getPassword()));
	}

	/** Reads the session only when the user is needed. */
	private static final class Deferred implements DeferredSecurityContext {

		private final Supplier<SecurityContext> load;

		private @Nullable SecurityContext context;

		Deferred(Supplier<SecurityContext> load) {
			this.load = load;
		}

		@Override
		public SecurityContext get() {
			SecurityContext known = this.context;
			if (known == null) {
				known = this.load.get();
				this.context = known;
			}
			return known;
		}

		@Override
		public boolean isGenerated() {
			return get().getAuthentication() == null;
		}

	}

}
