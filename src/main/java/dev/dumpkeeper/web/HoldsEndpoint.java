package dev.dumpkeeper.web;

import java.util.List;
import java.util.Map;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.runs.Holds;
import dev.dumpkeeper.text.SafeText;

/**
 * {@code /actuator/holds}: keeps dumps from expiring, as {@code run hold} and {@code run
 * release} do. See docs/http.md.
 */
final class HoldsEndpoint {

	private final Holds holds;

	private final AuditedHandler audited;

	HoldsEndpoint(Holds holds, AuditTrail audit) {
		this.holds = holds;
		this.audited = new AuditedHandler(audit, HttpStatus.OK);
	}

	ServerResponse hold(ServerRequest request) {
		return this.audited.read(request, "hold", "", List.of("volume", "key", "for", "why"),
				(body) -> this.audited.run(request, "hold", target(body),
						() -> Map.of("done", this.holds.hold(body.text("volume"), key(body.text("key")),
								body.text("for"), body.text("why"), name(request)))));
	}

	ServerResponse release(ServerRequest request) {
		return this.audited.run(request, "release",
				AuditTarget.dump(request.param("volume").orElse(""), request.param("key").orElse(""), ""),
				() -> Map.of("done", this.holds.release(parameter(request, "volume"), key(parameter(request, "key")),
						name(request))));
	}

	/** Starts with the dump, since the reason may have any length. */
	static AuditTarget target(Json body) {
		return AuditTarget.dump(body.shown("volume"), body.shown("key"),
				" for " + SafeText.abridged(body.shown("for"), 20) + ": " + body.shown("why"));
	}

	private static String parameter(ServerRequest request, String name) {
		return request.param(name)
			.orElseThrow(() -> new InvalidRequestException("the parameter " + name + " is missing"));
	}

	private static ObjectKey key(String key) {
		return ObjectKey.parse(key).orElseThrow(() -> new InvalidRequestException("the key is not a usable key"));
	}

	private static String name(ServerRequest request) {
		return Caller.of(request.servletRequest()).name();
	}

}
