package dev.dumpkeeper.wecom;

import java.time.Instant;
import java.util.Optional;

/**
 * What waits to be delivered.
 *
 * @param messages messages with a page that was not accepted yet
 * @param pages those pages
 * @param waitingSince when the oldest of the messages was posted; empty where none waits
 * @param problem what came of the last attempt to send one of the pages, in words, a
 * permanent failure first; empty where none failed
 * @param permanent whether trying again will not help before a person has acted
 */
public record OutboxState(int messages, int pages, Optional<Instant> waitingSince, Optional<String> problem,
		boolean permanent) {

}
