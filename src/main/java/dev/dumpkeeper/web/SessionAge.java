package dev.dumpkeeper.web;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends sessions that are too old, however busy they are, and those that nobody uses. What
 * a page asks for by itself is no use: the last request of each session would otherwise
 * be that of the open page of a run.
 */
final class SessionAge extends OncePerRequestFilter {

	/** When somebody did something, in milliseconds. */
	static final String USED = "used";

	/** How exactly that is known, so that not each request writes it. */
	private static final Duration EXACTLY = Duration.ofSeconds(10);

	private final Duration limit;

	private final Duration idle;

	private final Clock clock;

	SessionAge(SecurityProperties properties, Clock clock) {
		this.limit = properties.sessionLimit();
		this.idle = properties.sessionIdle();
		this.clock = clock;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpSession session = request.getSession(false);
		if (session != null) {
			Instant now = this.clock.instant();
			Instant created = Instant.ofEpochMilli(session.getCreationTime());
			Instant used = (session.getAttribute(USED) instanceof String millis)
					? Instant.ofEpochMilli(Long.parseLong(millis)) : created;
			if (!created.plus(this.limit).isAfter(now) || !used.plus(this.idle).isAfter(now)) {
				session.invalidate();
			}
			else if (!isByItself(request) && used.plus(EXACTLY).isBefore(now)) {
				session.setAttribute(USED, Long.toString(now.toEpochMilli()));
			}
		}
		chain.doFilter(request, response);
	}

	/** The part of a run's page that asks for itself again and again. */
	private static boolean isByItself(HttpServletRequest request) {
		return "progress".equals(request.getHeader("HX-Target"));
	}

}
