package dev.dumpkeeper.web;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses changes that another site's page makes on behalf of a user: a browser sends an
 * operator's password with a foreign form. A form cannot send JSON, and a script of
 * another site sends its origin.
 */
final class CrossSiteFilter extends OncePerRequestFilter {

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!isOwn(request.getHeader(HttpHeaders.ORIGIN), request.getHeader(HttpHeaders.HOST))) {
			AuthenticationFailureHandler.answer(response, HttpServletResponse.SC_FORBIDDEN,
					"a page of another site may change nothing here");
		}
		else if (!isJson(request)) {
			AuthenticationFailureHandler.answer(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
					"the body has to be application/json");
		}
		else {
			chain.doFilter(request, response);
		}
	}

	/** Clients other than browsers send no origin. */
	private static boolean isOwn(@Nullable String origin, @Nullable String host) {
		if (origin == null) {
			return true;
		}
		try {
			return host != null
					&& host.toLowerCase(Locale.ROOT).equals(String.valueOf(new URI(origin).getRawAuthority()));
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	/** A request without a body needs no type, but a form always has one. */
	private static boolean isJson(HttpServletRequest request) {
		String type = request.getContentType();
		if (type == null) {
			return request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
		}
		return type.split(";", 2)[0].strip().equalsIgnoreCase(MediaType.APPLICATION_JSON_VALUE);
	}

}
