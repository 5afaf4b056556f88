package dev.dumpkeeper.web;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

import dev.dumpkeeper.run.InvalidRequestException;

/**
 * Reads forms before their sender is authenticated: at most a few KiB within a short
 * time, and a few at once. A form that has arrived with its head, as a browser sends it,
 * waits for nobody, so that slow senders keep no one from signing in. The container
 * itself would wait for each byte for as long as the sender likes, so it serves the
 * request's parameters too.
 */
final class FormBodyFilter extends OncePerRequestFilter {

	static final int MOST_BYTES = 16 * 1024;

	private static final int MOST_FIELDS = 200;

	static final int WAITED_FOR_AT_ONCE = 16;

	private final Semaphore waiters = new Semaphore(WAITED_FOR_AT_ONCE);

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!request.getMethod().equals("POST")) {
			response.setStatus(HttpStatus.METHOD_NOT_ALLOWED.value());
			return;
		}
		String type = request.getContentType();
		if (type == null
				|| !type.split(";", 2)[0].strip().equalsIgnoreCase(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
			response.setStatus(HttpStatus.UNSUPPORTED_MEDIA_TYPE.value());
			return;
		}
		Map<String, String[]> form;
		try {
			byte[] body = SmallBody.read(request, MOST_BYTES, this.waiters);
			if (body == null) {
				response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
				return;
			}
			form = parse(new String(body, StandardCharsets.UTF_8));
		}
		catch (InvalidRequestException ex) {
			response.setStatus(HttpStatus.BAD_REQUEST.value());
			return;
		}
		chain.doFilter(new FormRequest(request, form), response);
	}

	static Map<String, String[]> parse(String body) {
		Map<String, List<String>> fields = new LinkedHashMap<>();
		String[] parts = body.isEmpty() ? new String[0] : body.split("&");
		if (parts.length > MOST_FIELDS) {
			throw new InvalidRequestException("the form has more than " + MOST_FIELDS + " fields");
		}
		try {
			for (String part : parts) {
				int at = part.indexOf('=');
				String name = URLDecoder.decode((at < 0) ? part : part.substring(0, at), StandardCharsets.UTF_8);
				String value = (at < 0) ? "" : URLDecoder.decode(part.substring(at + 1), StandardCharsets.UTF_8);
				fields.computeIfAbsent(name, (key) -> new ArrayList<>()).add(value);
			}
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRequestException("the form is not encoded as forms are");
		}
		Map<String, String[]> form = new LinkedHashMap<>();
		fields.forEach((name, values) -> form.put(name, values.toArray(String[]::new)));
		return form;
	}

	/** A request whose parameters are those of a form. */
	private static final class FormRequest extends HttpServletRequestWrapper {

		private final Map<String, String[]> form;

		FormRequest(HttpServletRequest request, Map<String, String[]> form) {
			super(request);
			this.form = form;
		}

		@Override
		public @Nullable String getParameter(String name) {
			String[] values = this.form.get(name);
			return (values != null) ? values[0] : null;
		}

		@Override
		public Map<String, String[]> getParameterMap() {
			return Collections.unmodifiableMap(this.form);
		}

		@Override
		public Enumeration<String> getParameterNames() {
			return Collections.enumeration(this.form.keySet());
		}

		@Override
		public String @Nullable [] getParameterValues(String name) {
			return this.form.get(name);
		}

	}

}
