package dev.dumpkeeper.wecom;

import java.util.Optional;

/**
 * Makes links out of the placeholders in a stored page, right before each time that it is
 * sent: a link that lets anybody in is never stored, and it is fresh when it arrives.
 * Without such a bean pages are sent as they are stored.
 */
@FunctionalInterface
public interface PageLinks {

	/**
	 * Fills a page in.
	 * @param page as it is stored
	 * @return as it is sent; above 4096 bytes of UTF-8 the page is rejected and not sent.
	 * Empty where it cannot be said now whether somebody may have a link: its message
	 * waits, and others are sent.
	 */
	Optional<String> fill(String page);

}
