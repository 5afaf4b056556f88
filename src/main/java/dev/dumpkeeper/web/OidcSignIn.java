package dev.dumpkeeper.web;

import java.io.IOException;
import java.util.concurrent.Semaphore;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

import dev.dumpkeeper.text.SafeText;
import dev.dumpkeeper.web.OidcProvider.ProviderException;
import dev.dumpkeeper.web.OidcUsers.NoRoleException;

/**
 * Signs users in to the console by the identity provider, with the same limits and audit
 * records as passwords. Only a few requests at a time may wait for the provider, and
 * every failure leads to the sign-in page with its reason.
 */
final class OidcSignIn extends OncePerRequestFilter
		implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

	static final String PATH = SignInForm.PATH + "/" + OidcProvider.ID;

	static final String CALLBACK = PATH + "/callback";

	static final RequestMatcher BEGINS = PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, PATH);

	/** Each holds a thread until the provider answers. */
	static final int AT_ONCE = 8;

	private static final Logger logger = LoggerFactory.getLogger(OidcSignIn.class);

	private static final RequestMatcher ENDS = PathPatternRequestMatcher.withDefaults()
		.matcher(HttpMethod.GET, CALLBACK);

	private static final String TARGET = ReturnAddress.HOME + " by the identity provider";

	private final AuditTrail audit;

	private final GuessLimits limits;

	private final OidcProvider provider;

	private final Semaphore callers = new Semaphore(AT_ONCE);

	OidcSignIn(AuditTrail audit, GuessLimits limits, OidcProvider provider) {
		this.audit = audit;
		this.limits = limits;
		this.provider = provider;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		boolean ends = ENDS.matches(request);
		if (!ends && !BEGINS.matches(request)) {
			chain.doFilter(request, response);
			return;
		}
		if (ends && !this.limits.takeAddress(request.getRemoteAddr())) {
			signInAgain(request, response, "later");
			return;
		}
		if (!this.callers.tryAcquire()) {
			signInAgain(request, response, "busy");
			return;
		}
		try {
			if (!ends) {
				// The next filter would fail on a provider that is unavailable.
				this.provider.registration();
			}
			chain.doFilter(request, response);
		}
		catch (RuntimeException ex) {
			// The library does not handle every invalid answer.
			failed(request, response, ex);
		}
		finally {
			this.callers.release();
		}
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication caller)
			throws IOException {
		this.limits.giveBackAddress(request.getRemoteAddr());
		String subject = (caller.getPrincipal() instanceof OidcUser user) ? user.getSubject() : "";
		this.audit.record(caller.getName(), request.getRemoteAddr(), "sign-in", TARGET + ", subject " + subject,
				"accepted");
		response.sendRedirect(to(request));
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		failed(request, response, failure);
	}

	private void failed(HttpServletRequest request, HttpServletResponse response, RuntimeException failure)
			throws IOException {
		String why = why(failure);
		if (failure instanceof NoRoleException stranger) {
			this.audit.recordRefusal(stranger.name(), request.getRemoteAddr(), "sign-in",
					TARGET + ", subject " + stranger.subject(), "refused: no group with a role");
		}
		else {
			this.audit.recordRefusal("anonymous", request.getRemoteAddr(), "sign-in", TARGET, "refused: " + why);
		}
		if (why.equals("away") || why.equals("provider")) {
			// Messages may contain what the provider answered.
			logger.warn("a sign-in by the identity provider failed: {}{}", failure.getClass().getSimpleName(),
					(failure instanceof OAuth2AuthenticationException oauth)
							? " " + SafeText.abridged(oauth.getError().getErrorCode(), 60) : "");
		}
		signInAgain(request, response, why);
	}

	/** The sign-in page has a text for each. */
	static String why(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ProviderException provider) {
				return provider.isAway() ? "away" : "provider";
			}
		}
		if (failure instanceof OAuth2AuthenticationException oauth) {
			switch (oauth.getError().getErrorCode()) {
				case OidcUsers.NO_ROLE -> {
					return "role";
				}
				case "authorization_request_not_found", "invalid_state_parameter" -> {
					return "stale";
				}
				case "access_denied", "login_required", "interaction_required", "consent_required" -> {
					return "denied";
				}
				case "temporarily_unavailable" -> {
					return "away";
				}
				default -> {
				}
			}
		}
		return OidcProvider.isAway(failure) ? "away" : "provider";
	}

	private static void signInAgain(HttpServletRequest request, HttpServletResponse response, String why)
			throws IOException {
		SignInForm.signInAgain(response, why, to(request));
	}

	/** Known from the cookie at the end, named in the address at the beginning. */
	private static String to(HttpServletRequest request) {
		return ReturnAddress.of((request.getAttribute(OidcRequests.TO) instanceof String to) ? to
				: request.getParameter(SignInForm.TO));
	}

}
