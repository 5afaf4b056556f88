package dev.dumpkeeper.console;

import java.util.Locale;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.runs.JobRefusedException;
import dev.dumpkeeper.web.ReturnAddress;

/**
 * Adds what every page of the console shows, and renders failures.
 */
@ConditionalOnConsole
@ControllerAdvice(basePackageClasses = ConsoleAdvice.class)
class ConsoleAdvice {

	private static final Logger logger = LoggerFactory.getLogger(ConsoleAdvice.class);

	private final Shown shown;

	private final ObjectProvider<ResourceUrlProvider> files;

	ConsoleAdvice(Shown shown, ObjectProvider<ResourceUrlProvider> files) {
		this.shown = shown;
		this.files = files;
	}

	@ModelAttribute
	void common(Map<String, Object> model, HttpServletRequest request, Locale locale) {
		Authentication caller = SecurityContextHolder.getContext().getAuthentication();
		boolean signedIn = caller != null && caller.isAuthenticated()
				&& caller.getAuthorities()
					.stream()
					.anyMatch((role) -> String.valueOf(role.getAuthority()).matches("ROLE_(VIEWER|OPERATOR)"));
		model.put("user", (signedIn && caller != null) ? caller.getName() : "");
		model.put("operator", isOperator());
		model.put("f", this.shown);
		model.put("language", locale.getLanguage());
		model.put("css", file("console.css"));
		model.put("htmx", file("htmx.min.js"));
		model.put("here", here(request));
		model.put("now", this.shown.now());
	}

	static boolean isOperator() {
		Authentication caller = SecurityContextHolder.getContext().getAuthentication();
		return caller != null
				&& caller.getAuthorities().stream().anyMatch((role) -> "ROLE_OPERATOR".equals(role.getAuthority()));
	}

	/** The address of this page, to return to. */
	private static String here(HttpServletRequest request) {
		String query = request.getQueryString();
		return request.getMethod().equals("GET")
				? ReturnAddress.of(request.getRequestURI() + ((query != null) ? "?" + query : "")) : ReturnAddress.HOME;
	}

	private String file(String name) {
		String path = ConsoleConfiguration.FILES + name;
		String versioned = this.files.getObject().getForLookupPath(path);
		return (versioned != null) ? versioned : path;
	}

	@ExceptionHandler
	ModelAndView refused(JobRefusedException ex, HttpServletRequest request, HttpServletResponse response,
			Locale locale) {
		return failure(switch (ex.reason()) {
			case UNKNOWN -> HttpStatus.NOT_FOUND;
			case WRONG -> HttpStatus.BAD_REQUEST;
			case BUSY -> HttpStatus.CONFLICT;
			case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
			case FAILED -> HttpStatus.INTERNAL_SERVER_ERROR;
		}, ex.getMessage(), request, response, locale);
	}

	@ExceptionHandler
	ModelAndView invalid(InvalidRequestException ex, HttpServletRequest request, HttpServletResponse response,
			Locale locale) {
		return failure(HttpStatus.BAD_REQUEST, ex.getMessage(), request, response, locale);
	}

	@ExceptionHandler({ MethodArgumentTypeMismatchException.class, MissingServletRequestParameterException.class })
	ModelAndView malformed(Exception ex, HttpServletRequest request, HttpServletResponse response, Locale locale) {
		return failure(HttpStatus.NOT_FOUND, null, request, response, locale);
	}

	@ExceptionHandler
	ModelAndView missing(MissingPageException ex, HttpServletRequest request, HttpServletResponse response,
			Locale locale) {
		return failure(HttpStatus.NOT_FOUND, null, request, response, locale);
	}

	@ExceptionHandler
	ModelAndView gatewayAway(GatewayException ex, HttpServletRequest request, HttpServletResponse response,
			Locale locale) {
		return failure(HttpStatus.SERVICE_UNAVAILABLE, ex.getMessage(), request, response, locale);
	}

	@ExceptionHandler
	ModelAndView databaseAway(DataAccessException ex, HttpServletRequest request, HttpServletResponse response,
			Locale locale) {
		logger.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), ex.getClass().getSimpleName(), ex);
		return failure(HttpStatus.SERVICE_UNAVAILABLE, null, request, response, locale);
	}

	@ExceptionHandler
	ModelAndView unexpected(RuntimeException ex, HttpServletRequest request, HttpServletResponse response,
			Locale locale) {
		logger.error("{} {}", request.getMethod(), request.getRequestURI(), ex);
		return failure(HttpStatus.INTERNAL_SERVER_ERROR, null, request, response, locale);
	}

	/** Spring does not apply advice to the model of an error page. */
	private ModelAndView failure(HttpStatus status, @Nullable String message, HttpServletRequest request,
			HttpServletResponse response, Locale locale) {
		response.setStatus(status.value());
		// Discards what the failed page has already written.
		response.resetBuffer();
		ModelAndView page = new ModelAndView("failure");
		common(page.getModel(), request, locale);
		page.getModel().put("status", status.value());
		page.getModel().put("message", (message != null) ? message : "");
		return page;
	}

	/** There is no such page, or nothing of that number. */
	static final class MissingPageException extends RuntimeException {

	}

}
