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
record Caller(String name, String address) {

	static Caller of(HttpServletRequest request) {
		Principal principal = request.getUserPrincipal();
		return new Caller((principal != null) ? principal.getName() : "anonymous", request.getRemoteAddr());
	}

	RunInitiator starter() {
		return new RunInitiator(this.name, this.address);
	}

}
