package dev.dumpkeeper.notify;

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

import dev.dumpkeeper.run.HistoryCleanup;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.StoppedException;

/**
 * Messages to the group, kept until the robot has accepted each of their pages.
 * <p>
 * A page is delivered at least once. It arrives again only after an attempt whose answer
 * was lost or could not be recorded, at most once for each such attempt.
 */
public final class Outbox implements HistoryCleanup {

	private final OutboxRepository repository;

	private final Channel channel;

	private final Supplier<PageLinks> links;

	private final Supplier<List<DeliveryListener>> listeners;

	private final Map<DeliveryOutcome, Long> attempts = new ConcurrentHashMap<>();

	private final Sleeper sleeper;

	private final StopSignal stop;

	private final Clock clock;

	/**
	 * Creates an instance.
	 * @param links resolved on delivery, as are the listeners, since these beans may
	 * depend on the outbox
	 */
	Outbox(OutboxRepository repository, Channel channel, Supplier<PageLinks> links,
			Supplier<List<DeliveryListener>> listeners, Sleeper sleeper, StopSignal stop, Clock clock) {
		this.repository = repository;
		this.channel = channel;
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
	 * Returns whether there is a robot to notify people.
	 * @return {@code false} without {@code dumpkeeper.wecom.webhook-url}; messages can
	 * still be posted, and wait
	 */
	public boolean isConfigured() {
		return this.channel.recipient().isPresent();
	}

	/**
	 * Returns the language of messages.
	 * @return the configured language
	 */
	public Language language() {
		return this.channel.settings().language();
	}

	/**
	 * Returns how pages are written.
	 * @return the channel's dialect, also without a robot
	 */
	public Dialect dialect() {
		return this.channel.dialect();
	}

	/**
	 * Returns how long a link in a message should work.
	 * @return 1 minute to 7 days
	 */
	public Duration linkValidity() {
		return this.channel.settings().linkValidity();
	}

	/**
	 * Stores a message, without pictures that are too large for the channel, in the
	 * caller's transaction, or in one of its own if there is none. Nothing is sent before
	 * {@link #deliver()}.
	 * @param message the message
	 * @return its number, which listeners receive with its pages; empty when a message of
	 * that subject exists, which is left unchanged
	 * @throws IllegalArgumentException when a page is too large for the channel
	 */
	public Optional<Long> post(OutboundMessage message) {
		return this.repository
			.insert(message.within(this.channel.dialect().pageBytes(), this.channel.limits().pictureBytes()));
	}

	/**
	 * Sends the pages that were not accepted yet, oldest message first and page by page,
	 * including those that failed permanently in an earlier run, since the cause may have
	 * been fixed. Temporary failures are retried for {@code dumpkeeper.wecom.retry-for};
	 * after that the rest of the message waits for a later run, and the delivery
	 * continues only if the next message succeeds. Observes the channel's rate.
	 * <p>
	 * May run in several processes at once: one page is in progress at a time.
	 * @return the result; without a robot, nothing is delivered
	 * @throws StoppedException when the process has to end; pages sent until then are
	 * recorded
	 * @throws org.springframework.transaction.IllegalTransactionStateException when
	 * called inside a transaction
	 */
	public DeliveryReport deliver() {
		this.repository.requireNoTransaction();
		Optional<String> recipient = this.channel.recipient();
		if (recipient.isEmpty()) {
			return new DeliveryReport(0, this.repository.waiting(), Optional.empty(), false);
		}
		return new Delivery(this.repository, this.channel, recipient.get(), this.links.get(), this.listeners.get(),
				(outcome) -> this.attempts.merge(outcome, 1L, Long::sum), this.sleeper, this.stop, this.clock)
			.run();
	}

	/**
	 * Lets a message that was refused for good be sent again, after somebody has removed
	 * the cause: the next poll or the next run sends its refused pages.
	 * @param message its number
	 * @return {@code false} when none of its pages was refused, or it already waits to be
	 * sent again; a repetition has no effect
	 */
	public boolean sendAgain(long message) {
		return this.repository.retryRefused(message) > 0;
	}

	/**
	 * Returns how attempts to send a page ended.
	 * @return the number of attempts of this process by outcome, including outcomes
	 * without any
	 */
	public Map<String, Long> attempts() {
		Map<String, Long> counts = new TreeMap<>();
		this.attempts.forEach((outcome, count) -> counts.put(outcome.name().toLowerCase(Locale.ROOT), count));
		return counts;
	}

	/**
	 * Returns what waits, and why.
	 * @return the current state
	 */
	public OutboxState state() {
		return this.repository.state();
	}

	/**
	 * Returns how many messages wait that the robot may still accept. Messages with a
	 * page that it rejects for its content are excluded, since they need manual action.
	 * @param subject the prefix of their subjects
	 * @return the number, 0 or more
	 */
	public long waiting(String subject) {
		return this.repository.waiting(subject);
	}

	/**
	 * Removes delivered messages with their attempts. Waiting messages stay, however old.
	 * A removed subject can be posted again.
	 * @param before messages delivered earlier are removed; the latest always stay
	 */
	@Override
	public void forget(Instant before) {
		this.repository.forget(before);
	}

}
