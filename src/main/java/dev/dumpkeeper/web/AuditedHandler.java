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
 * What operators do: answered, and recorded whatever comes of it, also where their words
 * could not be read.
 */
final class AuditedHandler {

	private final AuditTrail audit;

	private final HttpStatus done;

	/**
	 * Creates it.
	 * @param done the status of a deed that was done
	 */
	AuditedHandler(AuditTrail audit, HttpStatus done) {
		this.audit = audit;
		this.done = done;
	}

	/** Does it. */
	ServerResponse run(ServerRequest request, String action, String target, Supplier<Object> work) {
		Answer answer = Json.answer(this.done, work);
		Caller caller = Caller.of(request.servletRequest());
		this.audit.record(caller.name(), caller.address(), action, target, answer.outcome());
		return answer.response();
	}

	/**
	 * Reads a body first.
	 * @param action what is recorded of a body that cannot be read
	 * @param target to what
	 * @param fields all that may be in it
	 * @param then goes on with the body
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
