package dev.dumpkeeper.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

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

/**
 * Answers failed authentication. All failures get the same answer, slightly delayed, and
 * after ten wrong passwords a minute from one address, or thirty for one user, further
 * attempts are refused.
 */
final class AuthenticationFailureHandler extends OncePerRequestFilter
		implements AuthenticationEntryPoint, AccessDeniedHandler {

	private static final int TOO_MANY_REQUESTS = 429;

	private static final int FAILURES = 10;

	/** From all addresses, so that one alone cannot use them up. */
	private static final int FAILURES_OF_USER = 30;

	private static final int FAILURES_TOGETHER = 1000;

	private static final long DELAY_MILLIS = 300;

	/**
	 * Two passwords are checked at a time, and each waiting request occupies a thread.
	 */
	private static final int UNKNOWN_AT_ONCE = 32;

	private static final String COUNTED = AuthenticationFailureHandler.class.getName() + ".counted";

	private final AuditTrail audit;

	private final RateLimiter failures = new RateLimiter(FAILURES, FAILURES_TOGETHER);

	private final RateLimiter failuresOfUsers = new RateLimiter(FAILURES_OF_USER, FAILURES_TOGETHER);

	private final RecentCredentials known = new RecentCredentials(Clock.systemUTC());

	private final Semaphore callers = new Semaphore(UNKNOWN_AT_ONCE);

	AuthenticationFailureHandler(AuditTrail audit) {
		this.audit = audit;
	}

	/**
	 * Counts an attempt as wrong before its password is checked and until it is known to
	 * be right; otherwise any number could be tried concurrently.
	 */
	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String credentials = request.getHeader(HttpHeaders.AUTHORIZATION);
		// Credentials that were accepted today are not locked out by somebody else's
		// guesses.
		if (credentials == null || this.known.contains(credentials)) {
			chain.doFilter(request, response);
			return;
		}
		String user = RecentCredentials.user(credentials);
		if (!this.failures.take(request.getRemoteAddr())) {
			answer(response, TOO_MANY_REQUESTS, "too many failures, try again in a minute");
			return;
		}
		if (!this.failuresOfUsers.take(user)) {
			answer(response, TOO_MANY_REQUESTS, "too many failures, try again in a minute");
			this.failures.giveBack(request.getRemoteAddr());
			return;
		}
		if (!this.callers.tryAcquire()) {
			answer(response, TOO_MANY_REQUESTS, "too many sign in at once, try again in a moment");
			giveBack(request, user);
			return;
		}
		AtomicBoolean counted = new AtomicBoolean(true);
		request.setAttribute(COUNTED, counted);
		try {
			chain.doFilter(request, response);
		}
		finally {
			makeRoom(counted);
		}
	}

	private void giveBack(HttpServletRequest request, String user) {
		this.failures.giveBack(request.getRemoteAddr());
		this.failuresOfUsers.giveBack(user);
	}

	private boolean makeRoom(AtomicBoolean counted) {
		if (counted.compareAndSet(true, false)) {
			this.callers.release();
			return true;
		}
		return false;
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
						&& request.getAttribute(COUNTED) instanceof AtomicBoolean counted && makeRoom(counted)) {
					giveBack(request, RecentCredentials.user(credentials));
					AuthenticationFailureHandler.this.known.add(credentials);
				}
				chain.doFilter(request, response);
			}

		};
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		if (!(failure instanceof InsufficientAuthenticationException)) {
			this.known.remove(request.getHeader(HttpHeaders.AUTHORIZATION));
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

	private static void delay() {
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
