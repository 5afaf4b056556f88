package dev.dumpkeeper.wecom;

import java.util.Optional;

/**
 * Replaces the placeholders in a stored page by links, right before each attempt to send
 * it: a link that gives access to anybody is never stored, and is fresh when it arrives.
 * Without such a bean pages are sent as stored.
 */
@FunctionalInterface
public interface PageLinks {

	/**
	 * Fills in the links of a page.
	 * @param page as stored
	 * @return as sent; above 4096 bytes of UTF-8 the page is rejected and not sent. Empty
	 * when it cannot be determined now whether a link may be given out: its message
	 * waits, and others are sent.
	 */
	Optional<String> fill(String page);

}
