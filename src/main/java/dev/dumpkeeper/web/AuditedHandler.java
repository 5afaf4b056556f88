package dev.dumpkeeper.web;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.web.Json.Answer;

/**
 * Runs an operator action and audits it, even when the body is invalid.
 */
final class AuditedHandler {

	private final AuditTrail audit;

	private final HttpStatus done;

	/**
	 * Creates an instance.
	 * @param done the status of a successful action
	 */
	AuditedHandler(AuditTrail audit, HttpStatus done) {
		this.audit = audit;
		this.done = done;
	}

	ServerResponse run(ServerRequest request, String action, String target, Supplier<Object> work) {
		return run(request, action, AuditTarget.of(target), work);
	}

	ServerResponse run(ServerRequest request, String action, AuditTarget target, Supplier<Object> work) {
		Answer answer = Json.answer(this.done, work);
		Caller caller = Caller.of(request.servletRequest());
		this.audit.record(caller.name(), caller.address(), action, target, answer.outcome());
		return answer.response();
	}

	/**
	 * Reads the body first.
	 * @param action recorded for an invalid body
	 * @param target recorded for an invalid body
	 * @param fields the fields that are allowed
	 * @param then continues with the body
	 */
	ServerResponse read(ServerRequest request, String action, String target, List<String> fields,
			Function<Json, ServerResponse> then) {
		Json body;
		try {
			body = Json.of(request.servletRequest()).only(fields);
		}
		catch (InvalidRequestException ex) {
			return run(request, action, target, () -> {
				throw ex;
			});
		}
		return then.apply(body);
	}

}
