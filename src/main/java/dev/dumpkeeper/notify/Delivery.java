package dev.dumpkeeper.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.run.StopSignal;

/**
 * Delivers the waiting texts, oldest message first and page by page, and then the
 * pictures, so that no picture delays a text. The next page is tried once the previous
 * one was accepted or given up for this run.
 */
final class Delivery {

	private static final Logger logger = LoggerFactory.getLogger(Delivery.class);

	/** An older picture no longer shows the current state. */
	private static final Duration PICTURES_TELL = Duration.ofDays(1);

	private static final int LONGEST_BACKOFF_SECONDS = 30;

	/** An attempt of another process usually ends long before its deadline. */
	private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

	/** Allowance for recording an attempt before its call and after its answer. */
	private static final Duration RECORDING = Duration.ofSeconds(5);

	private final OutboxRepository repository;

	private final Channel channel;

	private final String recipient;

	private final DeliverySettings settings;

	private final PageLinks links;

	private final List<DeliveryListener> listeners;

	private final Consumer<DeliveryOutcome> attempts;

	private final Sleeper sleeper;

	private final StopSignal stop;

	private final Clock clock;

	/** The cursor: pages up to it were accepted or given up for this run. */
	private long message;

	private int page;

	private int delivered;

	private int failures;

	/** Since when the robot has failed without a success. */
	private @Nullable Instant failingSince;

	/**
	 * After a page was given up, the next one shows whether the page or the robot was the
	 * cause.
	 */
	private boolean probing;

	private @Nullable String problem;

	private boolean permanent;

	Delivery(OutboxRepository repository, Channel channel, String recipient, PageLinks links,
			List<DeliveryListener> listeners, Consumer<DeliveryOutcome> attempts, Sleeper sleeper, StopSignal stop,
			Clock clock) {
		this.repository = repository;
		this.channel = channel;
		this.recipient = recipient;
		this.settings = channel.settings();
		this.links = links;
		this.listeners = listeners;
		this.attempts = attempts;
		this.sleeper = sleeper;
		this.stop = stop;
		this.clock = clock;
	}

	DeliveryReport run() {
		this.repository.ensureRobotRow(this.recipient);
		if (deliverAll(this.repository::nextText) && !this.probing) {
			this.message = 0;
			this.page = 0;
			this.repository.dropPictures(this.clock.instant().minus(PICTURES_TELL));
			deliverAll(this.repository::nextPicture);
		}
		return new DeliveryReport(this.delivered, this.repository.waiting(), Optional.ofNullable(this.problem),
				this.permanent);
	}

	/** Sends the waiting pages and returns whether the robot may receive more. */
	private boolean deliverAll(BiFunction<Long, Integer, Optional<WaitingPage>> next) {
		Optional<WaitingPage> page = next.apply(this.message, this.page);
		while (page.isPresent()) {
			if (!attempt(page.get())) {
				return false;
			}
			page = next.apply(this.message, this.page);
		}
		return true;
	}

	/** Performs one action for a page and returns whether to continue. */
	private boolean attempt(WaitingPage page) {
		this.stop.check();
		Picture picture = page.picture();
		return (picture != null) ? attempt(page, () -> this.channel.send(picture)) : attemptText(page);
	}

	private boolean attemptText(WaitingPage page) {
		Optional<String> filled = this.links.fill(page.content());
		if (filled.isEmpty()) {
			giveUp(page, DeliveryOutcome.RETRY_LATER, "its download links cannot be checked while the gateway is away");
			moveCursorAfter(page, page.pages());
			return true;
		}
		String content = filled.get();
		int bytes = Dialect.bytes(content);
		int limit = this.channel.limits().sentBytes();
		if (bytes > limit) {
			String detail = "has " + bytes + " bytes with its links, and the robot accepts " + limit + "; not sent";
			this.repository.recordUnsent(page, DeliveryOutcome.REJECTED_PAGE, detail);
			return proceed(page, DeliveryOutcome.REJECTED_PAGE, detail);
		}
		return attempt(page, () -> this.channel.send(content));
	}

	private boolean attempt(WaitingPage page, Supplier<ChannelAnswer> send) {
		Claim claim = this.repository.claim(page, this.recipient, this.settings.timeout().plus(RECORDING));
		if (claim instanceof Claim.Wait wait) {
			return await(page, wait);
		}
		if (claim instanceof Claim.Granted granted) {
			ChannelAnswer answer = send.get();
			this.attempts.accept(answer.outcome());
			this.repository.record(page, granted.attempt(), this.recipient, answer, this.listeners);
			return proceed(page, answer.outcome(), answer.detail());
		}
		return true;
	}

	private boolean await(WaitingPage page, Claim.Wait wait) {
		return switch (wait.reason()) {
			case IN_FLIGHT -> {
				this.sleeper.sleep((wait.duration().compareTo(POLL_INTERVAL) < 0) ? wait.duration() : POLL_INTERVAL);
				yield true;
			}
			case OWN_RATE -> {
				this.sleeper.sleep(wait.duration());
				yield true;
			}
			case ROBOT_RATE_LIMITED -> {
				boolean patient = isWithinPatience(wait.duration());
				if (patient) {
					this.sleeper.sleep(wait.duration());
				}
				else {
					giveUp(page, DeliveryOutcome.TOO_FREQUENT, "the robot had too many messages in a short time");
				}
				yield patient;
			}
		};
	}

	private boolean proceed(WaitingPage page, DeliveryOutcome outcome, String detail) {
		return switch (outcome) {
			case DELIVERED -> {
				this.delivered++;
				this.failures = 0;
				this.failingSince = null;
				this.probing = false;
				moveCursorAfter(page, page.page());
				yield true;
			}
			case REJECTED_PAGE -> {
				if (page.picture() != null) {
					// The page is dropped at once, since it needs no manual action.
					logger.warn("dropped, {}: {}: {}", outcome, page.name(), detail);
				}
				else {
					giveUp(page, outcome, detail);
				}
				moveCursorAfter(page, page.page());
				yield true;
			}
			case REJECTED_ROBOT -> {
				giveUp(page, outcome, detail);
				yield false;
			}
			case TOO_FREQUENT -> {
				// The wait happens when the next attempt is claimed.
				isWithinPatience(Duration.ZERO);
				yield true;
			}
			case RETRY_LATER, AMBIGUOUS -> retry(page, outcome, detail);
		};
	}

	private boolean retry(WaitingPage page, DeliveryOutcome outcome, String detail) {
		Duration backoff = Duration.ofSeconds(Math.min(1L << Math.min(this.failures, 5), LONGEST_BACKOFF_SECONDS));
		this.failures++;
		if (!this.probing && isWithinPatience(backoff)) {
			this.sleeper.sleep(backoff);
			return true;
		}
		giveUp(page, outcome, detail);
		// The rest of the message waits too, so that pages arrive in order.
		moveCursorAfter(page, page.pages());
		boolean probe = !this.probing;
		this.probing = true;
		return probe;
	}

	/** Whether a wait ends before this run gives up. */
	private boolean isWithinPatience(Duration wait) {
		Instant now = this.clock.instant();
		if (this.failingSince == null) {
			this.failingSince = now;
		}
		return !now.plus(wait).isAfter(this.failingSince.plus(this.settings.retryFor()));
	}

	private void moveCursorAfter(WaitingPage page, int number) {
		this.message = page.message();
		this.page = number;
	}

	/** Keeps the first reason, but prefers one that needs manual action. */
	private void giveUp(WaitingPage page, DeliveryOutcome outcome, String detail) {
		String reason = page.name() + ": " + detail;
		logger.warn("not delivered, {}: {}", outcome, reason);
		if (this.problem == null || outcome.isPermanent() && !this.permanent) {
			this.problem = reason;
			this.permanent = outcome.isPermanent();
		}
	}

}
