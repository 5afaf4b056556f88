package dev.dumpkeeper.wecom;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.run.HistoryCleanup;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.StoppedException;

/**
 * Messages to the group, kept until the robot has accepted each of their pages.
 * <p>
 * A page is delivered at least once. It comes twice only after an attempt whose answer
 * was lost or could not be recorded, and then once more for each such attempt.
 */
public final class Outbox implements HistoryCleanup {

	private final OutboxRepository repository;

	private final @Nullable Robot robot;

	private final WecomProperties properties;

	private final Supplier<PageLinks> links;

	private final Supplier<List<DeliveryListener>> listeners;

	private final Map<DeliveryOutcome, Long> attempts = new ConcurrentHashMap<>();

	private final Sleeper sleeper;

	private final StopSignal stop;

	private final Clock clock;

	/**
	 * Creates it.
	 * @param robot absent where none is configured
	 * @param links asked when something is sent, as are the listeners: whoever makes them
	 * may need the outbox first
	 */
	Outbox(OutboxRepository repository, @Nullable Robot robot, WecomProperties properties, Supplier<PageLinks> links,
			Supplier<List<DeliveryListener>> listeners, Sleeper sleeper, StopSignal stop, Clock clock) {
		this.repository = repository;
		this.robot = robot;
		this.properties = properties;
		this.links = links;
		this.listeners = listeners;
		this.sleeper = sleeper;
		this.stop = stop;
		this.clock = clock;
		for (DeliveryOutcome outcome : DeliveryOutcome.values()) {
			this.attempts.put(outcome, 0L);
		}
	}

	/**
	 * Whether there is a robot to tell anything to.
	 * @return {@code false} without {@code dumpkeeper.wecom.webhook-url}; messages can be
	 * posted all the same, and wait
	 */
	public boolean isConfigured() {
		return this.robot != null;
	}

	/**
	 * What messages are to be written in.
	 * @return the configured language
	 */
	public Language language() {
		return this.properties.language();
	}

	/**
	 * How long a link in a message is to work.
	 * @return 1 minute to 7 days
	 */
	public Duration linkValidity() {
		return this.properties.linkValidity();
	}

	/**
	 * Stores a message in the caller's transaction, or in one of its own where there is
	 * none. Nothing is sent before {@link #deliver()}.
	 * @param message the message
	 * @return its number, by which listeners hear of its pages; empty when a message of
	 * that subject is there already, which then stays as it is
	 */
	public Optional<Long> post(OutboundMessage message) {
		return this.repository.insert(message);
	}

	/**
	 * Sends what was not accepted yet, oldest message first and page by page, also what
	 * failed for good in an earlier run: a person may have repaired it. Temporary
	 * failures are tried again for {@code dumpkeeper.wecom.retry-for}; after that the
	 * rest of the message waits for a later run, and the delivery goes on only if the
	 * next message gets through. Waits as long as the robot's 20 messages a minute
	 * demand.
	 * <p>
	 * May run in several processes at once: one page is under way at a time.
	 * @return what was achieved; without a robot, nothing
	 * @throws StoppedException when the process is to end; what was sent is recorded
	 * @throws org.springframework.transaction.IllegalTransactionStateException when
	 * called inside a transaction
	 */
	public DeliveryReport deliver() {
		this.repository.requireNoTransaction();
		if (this.robot == null || this.properties.webhookUrl() == null) {
			return new DeliveryReport(0, this.repository.waiting(), Optional.empty(), false);
		}
		return new Delivery(this.repository, this.robot, this.properties, this.links.get(), this.listeners.get(),
				(outcome) -> this.attempts.merge(outcome, 1L, Long::sum), this.sleeper, this.stop, this.clock)
			.run();
	}

	/**
	 * How attempts to send a page ended.
	 * @return by outcome, how many of this process since its start; every outcome there
	 * is
	 */
	public Map<String, Long> attempts() {
		Map<String, Long> counts = new TreeMap<>();
		this.attempts.forEach((outcome, count) -> counts.put(outcome.name().toLowerCase(Locale.ROOT), count));
		return counts;
	}

	/**
	 * What waits, and why.
	 * @return the state at this moment
	 */
	public OutboxState state() {
		return this.repository.state();
	}

	/**
	 * How many messages of a kind wait that the robot may still take. Those with a page
	 * that it refuses for what is in it do not count: they wait for a person.
	 * @param subject what their subjects begin with
	 * @return the number, 0 or more
	 */
	public long waiting(String subject) {
		return this.repository.waiting(subject);
	}

	/**
	 * Drops delivered messages with their attempts. What waits stays, however old. A
	 * subject that was dropped can be posted again.
	 * @param before those delivered earlier go; the last minute always stays
	 */
	@Override
	public void forget(Instant before) {
		this.repository.forget(before);
	}

}
