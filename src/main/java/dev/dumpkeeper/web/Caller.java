package dev.dumpkeeper.web;

import java.security.Principal;

import jakarta.servlet.http.HttpServletRequest;

import dev.dumpkeeper.runs.RunInitiator;

/**
 * The caller of a request.
 *
 * @param name the user's name, {@code anonymous} before authentication
 * @param address the remote address
 */
public record Caller(String name, String address) {

	/**
	 * Finds out who sends a request.
	 * @param request the request
	 * @return the caller
	 */
	public static Caller of(HttpServletRequest request) {
		Principal principal = request.getUserPrincipal();
		return new Caller((principal != null) ? principal.getName() : "anonymous", request.getRemoteAddr());
	}

	/**
	 * Returns the caller as the initiator of a run.
	 * @return the initiator
	 */
	public RunInitiator starter() {
		return new RunInitiator(this.name, this.address);
	}

}
