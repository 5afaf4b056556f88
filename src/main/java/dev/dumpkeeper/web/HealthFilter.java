package dev.dumpkeeper.web;

import java.io.IOException;
import java.util.concurrent.Semaphore;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits concurrent requests for the health of all components. They need no
 * authentication, and take a minute while a gateway or a database is unavailable; the
 * probes check only this process and must not wait for them.
 */
final class HealthFilter extends OncePerRequestFilter {

	static final int AT_ONCE = 4;

	private static final String HEALTH = "/actuator/health";

	private final Semaphore free = new Semaphore(AT_ONCE);

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		String path = request.getServletPath();
		return !path.startsWith(HEALTH) || path.equals(HEALTH + "/liveness") || path.equals(HEALTH + "/readiness");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!this.free.tryAcquire()) {
			AuthenticationFailureHandler.answer(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE,
					"others wait for this answer already, try again in a moment");
			return;
		}
		try {
			chain.doFilter(request, response);
		}
		finally {
			this.free.release();
		}
	}

}
