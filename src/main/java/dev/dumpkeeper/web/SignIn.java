package dev.dumpkeeper.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
 * What somebody gets to see who may not. The same words whatever was wrong, a little
 * later than they are used to, and after ten wrong passwords a minute nothing more.
 */
final class SignIn extends OncePerRequestFilter implements AuthenticationEntryPoint, AccessDeniedHandler {

	private static final int TOO_MANY_REQUESTS = 429;

	private static final int FAILURES = 10;

	private static final int FAILURES_TOGETHER = 1000;

	private static final long DELAY_MILLIS = 300;

	/** Passwords are checked two at a time; who waits for it waits on a thread. */
	private static final int UNKNOWN_AT_ONCE = 32;

	private static final String KNOWN = SignIn.class.getName() + ".known";

	private final AuditTrail audit;

	private final Attempts failures = new Attempts(FAILURES, FAILURES_TOGETHER);

	private final Semaphore callers = new Semaphore(UNKNOWN_AT_ONCE);

	SignIn(AuditTrail audit) {
		this.audit = audit;
	}

	/**
	 * Before a password is looked at: it counts as wrong until it is known to be right,
	 * or any number could be tried at once.
	 */
	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getHeader(HttpHeaders.AUTHORIZATION) != null && !this.failures.take(request.getRemoteAddr())) {
			answer(response, TOO_MANY_REQUESTS, "too many failures, try again in a minute");
			return;
		}
		if (request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
			chain.doFilter(request, response);
			return;
		}
		if (!this.callers.tryAcquire()) {
			answer(response, TOO_MANY_REQUESTS, "too many sign in at once, try again in a moment");
			this.failures.giveBack(request.getRemoteAddr());
			return;
		}
		AtomicBoolean known = new AtomicBoolean();
		request.setAttribute(KNOWN, known);
		try {
			chain.doFilter(request, response);
		}
		finally {
			makeRoom(known);
		}
	}

	private void makeRoom(AtomicBoolean known) {
		if (known.compareAndSet(false, true)) {
			this.callers.release();
		}
	}

	/** Behind the check of the password. */
	Filter passed() {
		return new OncePerRequestFilter() {

			@Override
			protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
					throws ServletException, IOException {
				Authentication caller = SecurityContextHolder.getContext().getAuthentication();
				if (request.getHeader(HttpHeaders.AUTHORIZATION) != null && caller != null
						&& caller.isAuthenticated()) {
					SignIn.this.failures.giveBack(request.getRemoteAddr());
					if (request.getAttribute(KNOWN) instanceof AtomicBoolean known) {
						makeRoom(known);
					}
				}
				chain.doFilter(request, response);
			}

		};
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		if (!(failure instanceof InsufficientAuthenticationException)) {
			this.audit.record("anonymous", request.getRemoteAddr(), "sign-in", target(request), "refused");
			delay();
		}
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"dumpkeeper\", charset=\"UTF-8\"");
		answer(response, HttpServletResponse.SC_UNAUTHORIZED, "not signed in");
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
			throws IOException {
		Caller caller = Caller.of(request);
		this.audit.record(caller.name(), caller.address(), "access", target(request), "refused: not allowed");
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

	/** Refuses, in the words of all refusals on this port. */
	static void answer(HttpServletResponse response, int status, String error) throws IOException {
		response.setStatus(status);
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.getOutputStream().write(("{\"error\":\"" + error + "\"}").getBytes(StandardCharsets.UTF_8));
	}

}
