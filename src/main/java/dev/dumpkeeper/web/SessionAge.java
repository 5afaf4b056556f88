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
 * Ends sessions that are too old, however busy they are.
 */
final class SessionAge extends OncePerRequestFilter {

	private final Duration limit;

	private final Clock clock;

	SessionAge(Duration limit, Clock clock) {
		this.limit = limit;
		this.clock = clock;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpSession session = request.getSession(false);
		if (session != null
				&& !Instant.ofEpochMilli(session.getCreationTime()).plus(this.limit).isAfter(this.clock.instant())) {
			session.invalidate();
		}
		chain.doFilter(request, response);
	}

}
