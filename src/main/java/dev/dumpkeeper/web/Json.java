package dev.dumpkeeper.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.runs.JobRefusedException;
import dev.dumpkeeper.text.SafeText;

/**
 * Requests and answers of the operators' endpoints as JSON, and the HTTP status of
 * failures.
 *
 * @param body the request's body, an empty object if there is none
 */
record Json(JsonNode body) {

	private static final int MAX_BODY = 65_536;

	/** Duplicate fields are rejected, since parsers differ in which value they use. */
	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	/**
	 * Parses a body.
	 * @throws InvalidRequestException when it is not a JSON object, longer than 64 KiB or
	 * too slow
	 */
	static Json of(HttpServletRequest request) {
		byte[] body = SmallBody.read(request, MAX_BODY);
		if (body.length == 0) {
			return new Json(JsonMapper.shared().createObjectNode());
		}
		try {
			JsonNode json = STRICT.readTree(body);
			if (json.isObject()) {
				return new Json(json);
			}
		}
		catch (JacksonException ex) {
			// The parser's message would repeat the body.
		}
		throw new InvalidRequestException("the body is not a JSON object");
	}

	/** Rejects unknown fields: a misspelt {@code dryRun} would be a real run. */
	Json only(List<String> known) {
		this.body.propertyNames().forEach((name) -> {
			if (!known.contains(name)) {
				throw new InvalidRequestException(
						"unknown field in the body; known fields: " + String.join(", ", known));
			}
		});
		return this;
	}

	String text(String field) {
		if (!this.body.path(field).isString()) {
			throw new InvalidRequestException(field + " must be a text");
		}
		return this.body.path(field).asString();
	}

	/** Returns a field of any type as shown in a record. */
	String shown(String field) {
		JsonNode value = this.body.path(field);
		return value.isString() ? value.asString() : value.isMissingNode() ? "" : value.toString();
	}

	boolean flag(String field) {
		JsonNode value = this.body.path(field);
		if (!value.isMissingNode() && !value.isBoolean()) {
			throw new InvalidRequestException(field + " must be true or false");
		}
		return value.asBoolean(false);
	}

	@Nullable Long number(String field) {
		JsonNode value = this.body.path(field);
		if (value.isMissingNode()) {
			return null;
		}
		if (!value.isIntegralNumber() || !value.canConvertToLong()) {
			throw new InvalidRequestException(field + " must be a whole number");
		}
		return value.asLong();
	}

	List<String> texts(String field) {
		JsonNode value = this.body.path(field);
		List<String> texts = new ArrayList<>();
		if (!value.isMissingNode() && !value.isArray()) {
			throw new InvalidRequestException(field + " must be a list of texts");
		}
		for (JsonNode each : value) {
			if (!each.isString()) {
				throw new InvalidRequestException(field + " must be a list of texts");
			}
			texts.add(each.asString());
		}
		return texts;
	}

	/** Answers with the result of an action or with its failure. */
	static Answer answer(HttpStatus status, Supplier<Object> work) {
		try {
			return new Answer(status, work.get());
		}
		catch (JobRefusedException ex) {
			return refused(switch (ex.reason()) {
				case UNKNOWN -> HttpStatus.NOT_FOUND;
				case WRONG -> HttpStatus.BAD_REQUEST;
				case BUSY -> HttpStatus.CONFLICT;
				case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
				case FAILED -> HttpStatus.INTERNAL_SERVER_ERROR;
			}, ex);
		}
		catch (InvalidRequestException ex) {
			return refused(HttpStatus.BAD_REQUEST, ex);
		}
		catch (GatewayException ex) {
			return refused(HttpStatus.SERVICE_UNAVAILABLE, ex);
		}
	}

	private static Answer refused(HttpStatus status, RuntimeException ex) {
		return new Answer(status, Map.of("error", String.valueOf(ex.getMessage())));
	}

	/**
	 * An answer.
	 *
	 * @param status the status
	 * @param body written as JSON
	 */
	record Answer(HttpStatus status, Object body) {

		ServerResponse response() {
			return ServerResponse.status(this.status)
				.contentType(MediaType.APPLICATION_JSON)
				.body(SafeText.oneLine(JsonMapper.shared().writeValueAsString(this.body)));
		}

		/** Returns the outcome for the audit trail. */
		String outcome() {
			return this.status.is2xxSuccessful() ? "accepted"
					: this.status.value() + ((this.body instanceof Map<?, ?> map) ? " " + map.get("error") : "");
		}

	}

}
