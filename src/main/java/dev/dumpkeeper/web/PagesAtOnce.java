package dev.dumpkeeper.web;

import java.io.IOException;
import java.util.concurrent.Semaphore;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the pages that are served concurrently. Each cookie causes a query for its
 * session, which takes long while the database is unavailable; pods and links must not
 * wait behind these.
 */
final class PagesAtOnce extends OncePerRequestFilter {

	static final int AT_ONCE = 32;

	private final Semaphore free = new Semaphore(AT_ONCE);

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!this.free.tryAcquire()) {
			response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
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
