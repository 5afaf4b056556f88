package dev.dumpkeeper.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

import dev.dumpkeeper.web.GuessLimits.Guess;

/**
 * Signs users in to and out of the console, with the same limits and audit records as on
 * the management port.
 */
final class SignInForm extends OncePerRequestFilter implements AuthenticationEntryPoint, AccessDeniedHandler,
		AuthenticationSuccessHandler, AuthenticationFailureHandler, LogoutSuccessHandler {

	static final String PATH = "/console/sign-in";

	static final String SIGNED_OUT = PATH + "?out";

	static final String NAME = "name";

	static final String PASSWORD = "password";

	/**
	 * Must match exactly as the filter that checks passwords, so that all are counted.
	 */
	private static final RequestMatcher SIGN_IN = PathPatternRequestMatcher.withDefaults()
		.matcher(HttpMethod.POST, PATH);

	private static final String REFUSED = "/console/refused";

	/** Where to go on afterwards. */
	static final String TO = "to";

	private static final String GUESS = SignInForm.class.getName() + ".guess";

	private final AuditTrail audit;

	private final GuessLimits limits;

	SignInForm(AuditTrail audit, GuessLimits limits) {
		this.audit = audit;
		this.limits = limits;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !SIGN_IN.matches(request);
	}

	/** Runs before a password is checked. */
	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try (Guess guess = this.limits.begin(request.getRemoteAddr(), credentials(request))) {
			switch (guess.verdict()) {
				case TOO_MANY, BUSY -> signInAgain(response, "later", request.getParameter(TO));
				case KNOWN, COUNTED -> {
					request.setAttribute(GUESS, guess);
					chain.doFilter(request, response);
				}
			}
		}
	}

	/** The form in HTTP basic, by which the limits recognise credentials. */
	private static String credentials(HttpServletRequest request) {
		return "Basic "
				+ Base64.getEncoder()
					.encodeToString((Objects.requireNonNullElse(request.getParameter(NAME), "") + ":"
							+ Objects.requireNonNullElse(request.getParameter(PASSWORD), ""))
						.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication caller)
			throws IOException {
		if (request.getAttribute(GUESS) instanceof Guess guess) {
			guess.right();
		}
		this.audit.record(caller.getName(), request.getRemoteAddr(), "sign-in", ReturnAddress.HOME, "accepted");
		response.sendRedirect(ReturnAddress.of(request.getParameter(TO)));
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		this.limits.forget(credentials(request));
		this.audit.recordRefusal("anonymous", request.getRemoteAddr(), "sign-in", ReturnAddress.HOME, "refused");
		dev.dumpkeeper.web.AuthenticationFailureHandler.delay();
		signInAgain(response, "wrong", request.getParameter(TO));
	}

	/** Redirects to the form with the reason. */
	static void signInAgain(HttpServletResponse response, String why, @Nullable String to) throws IOException {
		response.sendRedirect(
				PATH + "?" + why + "&" + TO + "=" + UriUtils.encode(ReturnAddress.of(to), StandardCharsets.UTF_8));
	}

	/** The user is not, or no longer, signed in. */
	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		String query = request.getQueryString();
		String to = request.getMethod().equals("GET")
				? ReturnAddress.of(request.getRequestURI() + ((query != null) ? "?" + query : "")) : ReturnAddress.HOME;
		String address = PATH
				+ (to.equals(ReturnAddress.HOME) ? "" : "?" + TO + "=" + UriUtils.encode(to, StandardCharsets.UTF_8));
		if (request.getHeader("HX-Request") != null) {
			// A fragment cannot be replaced by a whole page: htmx leaves the page
			// instead.
			response.setHeader("HX-Redirect", PATH);
			response.setStatus(HttpStatus.UNAUTHORIZED.value());
			return;
		}
		response.sendRedirect(address);
	}

	/** The user lacks the role, or the form's token is invalid. */
	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
			throws IOException, ServletException {
		// A form without its token is refused before the request's user is known.
		Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
		this.audit.recordRefusal((signedIn != null) ? signedIn.getName() : "anonymous", request.getRemoteAddr(),
				"access", request.getMethod() + " " + request.getRequestURI(), "refused: not allowed");
		response.setStatus(HttpStatus.FORBIDDEN.value());
		request.getRequestDispatcher(REFUSED).forward(request, response);
	}

	@Override
	public void onLogoutSuccess(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication caller) throws IOException {
		if (caller != null) {
			this.audit.record(caller.getName(), request.getRemoteAddr(), "sign-out", ReturnAddress.HOME, "accepted");
		}
		response.sendRedirect((request.getAttribute(OidcSignOut.TO) instanceof String there) ? there : SIGNED_OUT);
	}

}
