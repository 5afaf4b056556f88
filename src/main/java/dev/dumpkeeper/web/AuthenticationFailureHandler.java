package dev.dumpkeeper.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.filter.OncePerRequestFilter;

import dev.dumpkeeper.web.GuessLimits.Guess;

/**
 * Answers failed authentication. All failures get the same answer, slightly delayed, and
 * after ten wrong passwords a minute from one address, or thirty for one user, further
 * attempts are refused.
 */
final class AuthenticationFailureHandler extends OncePerRequestFilter
		implements AuthenticationEntryPoint, AccessDeniedHandler {

	private static final int TOO_MANY_REQUESTS = 429;

	private static final long DELAY_MILLIS = 300;

	private static final String GUESS = AuthenticationFailureHandler.class.getName() + ".guess";

	private final AuditTrail audit;

	private final GuessLimits limits;

	AuthenticationFailureHandler(AuditTrail audit, GuessLimits limits) {
		this.audit = audit;
		this.limits = limits;
	}

	/**
	 * Counts an attempt as wrong before its password is checked and until it is known to
	 * be right; otherwise any number could be tried concurrently.
	 */
	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String credentials = request.getHeader(HttpHeaders.AUTHORIZATION);
		if (credentials == null) {
			chain.doFilter(request, response);
			return;
		}
		try (Guess guess = this.limits.begin(request.getRemoteAddr(), credentials)) {
			switch (guess.verdict()) {
				case TOO_MANY -> answer(response, TOO_MANY_REQUESTS, "too many failures, try again in a minute");
				case BUSY -> answer(response, TOO_MANY_REQUESTS, "too many sign in at once, try again in a moment");
				case KNOWN, COUNTED -> {
					request.setAttribute(GUESS, guess);
					chain.doFilter(request, response);
				}
			}
		}
	}

	/** Runs after the password was checked. */
	Filter passed() {
		return new OncePerRequestFilter() {

			@Override
			protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
					throws ServletException, IOException {
				Authentication caller = SecurityContextHolder.getContext().getAuthentication();
				String credentials = request.getHeader(HttpHeaders.AUTHORIZATION);
				if (credentials != null && caller != null && caller.isAuthenticated()
						&& request.getAttribute(GUESS) instanceof Guess guess) {
					guess.right();
				}
				chain.doFilter(request, response);
			}

		};
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		if (!(failure instanceof InsufficientAuthenticationException)) {
			String credentials = request.getHeader(HttpHeaders.AUTHORIZATION);
			if (credentials != null) {
				this.limits.forget(credentials);
			}
			this.audit.recordRefusal("anonymous", request.getRemoteAddr(), "sign-in", target(request), "refused");
			delay();
		}
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"dumpkeeper\", charset=\"UTF-8\"");
		answer(response, HttpServletResponse.SC_UNAUTHORIZED, "not signed in");
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
			throws IOException {
		Caller caller = Caller.of(request);
		this.audit.recordRefusal(caller.name(), caller.address(), "access", target(request), "refused: not allowed");
		answer(response, HttpServletResponse.SC_FORBIDDEN, "not allowed");
	}

	private static String target(HttpServletRequest request) {
		return request.getMethod() + " " + request.getRequestURI();
	}

	/** Delays the answer to a wrong password. */
	static void delay() {
		try {
			Thread.sleep(DELAY_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Answers with the body of all refusals on this port. */
	static void answer(HttpServletResponse response, int status, String error) throws IOException {
		response.setStatus(status);
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.getOutputStream().write(("{\"error\":\"" + error + "\"}").getBytes(StandardCharsets.UTF_8));
	}

}
