package dev.dumpkeeper.api;

import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

import dev.dumpkeeper.run.InvalidRequestException;

/**
 * Renders failures as JSON.
 */
@ConditionalOnApi
@RestControllerAdvice(basePackageClasses = ApiAdvice.class)
class ApiAdvice {

	private static final Logger logger = LoggerFactory.getLogger(ApiAdvice.class);

	@ExceptionHandler
	ResponseEntity<Problem> invalid(InvalidRequestException ex) {
		return problem(HttpStatus.BAD_REQUEST, String.valueOf(ex.getMessage()));
	}

	/** Does not repeat the value. */
	@ExceptionHandler
	ResponseEntity<Problem> malformed(MethodArgumentTypeMismatchException ex) {
		return problem(HttpStatus.BAD_REQUEST, ex.getName() + " has a value that it cannot have");
	}

	@ExceptionHandler
	ResponseEntity<Problem> missing(MissingServletRequestParameterException ex) {
		return problem(HttpStatus.BAD_REQUEST, "the parameter " + ex.getParameterName() + " is missing");
	}

	@ExceptionHandler
	ResponseEntity<Problem> unknown(NotFoundException ex) {
		return problem(HttpStatus.NOT_FOUND, "there is nothing of that name or number");
	}

	@ExceptionHandler
	ResponseEntity<Problem> databaseAway(DataAccessException ex, HttpServletRequest request) {
		logger.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), ex.getClass().getSimpleName(), ex);
		return problem(HttpStatus.SERVICE_UNAVAILABLE, "the database does not answer");
	}

	@ExceptionHandler
	ResponseEntity<Problem> unexpected(RuntimeException ex, HttpServletRequest request) {
		logger.error("{} {}", request.getMethod(), request.getRequestURI(), ex);
		return problem(HttpStatus.INTERNAL_SERVER_ERROR, "something went wrong; the log says more");
	}

	private static ResponseEntity<Problem> problem(HttpStatus status, String error) {
		return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON).body(new Problem(error));
	}

	/**
	 * What went wrong.
	 *
	 * @param error in a few words
	 */
	record Problem(String error) {

	}

	/** There is nothing of that name or number. */
	static final class NotFoundException extends RuntimeException {

	}

}
