package dev.dumpkeeper.wecom;

import java.time.Instant;
import java.util.Optional;

/**
 * What waits to be delivered.
 *
 * @param messages messages with a page that was not accepted yet
 * @param pages the number of those pages
 * @param waitingSince when the oldest of the messages was posted; empty if none waits
 * @param problem a description of the last failed attempt at one of the pages, a
 * permanent failure first; empty if none failed
 * @param permanent whether retries are useless until somebody acts
 */
public record OutboxState(int messages, int pages, Optional<Instant> waitingSince, Optional<String> problem,
		boolean permanent) {

}
