package dev.dumpkeeper.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.dumpkeeper.ledger.DumpHistory;
import dev.dumpkeeper.run.NotificationStatus;

/**
 * Predicts what the retention rules will expire, and when.
 */
public final class ExpectedExpiries {

	private final RetentionProperties properties;

	private final NotificationStatus notifications;

	private final DumpHistory history;

	private final RetentionLedger ledger;

	private final Clock clock;

	ExpectedExpiries(RetentionProperties properties, NotificationStatus notifications, DumpHistory history,
			RetentionLedger ledger, Clock clock) {
		this.properties = properties;
		this.notifications = notifications;
		this.history = history;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Returns what another retention would expire.
	 * @param maxAge the age from which on dumps may expire; all other rules stay
	 * @return predictions under that rule
	 */
	public ExpectedExpiries with(Duration maxAge) {
		return new ExpectedExpiries(this.properties.with(maxAge), this.notifications, this.history, this.ledger,
				this.clock);
	}

	/**
	 * Returns when the present dumps may expire, by age, notice, hold and rank in their
	 * workload. Unnotified dumps are treated as if reported now.
	 * @param volume the volume
	 * @param now the current time
	 * @return bytes by the instant from which on the next pass expires them
	 */
	public Map<Instant, Long> of(String volume, Instant now) {
		return of(volume, rules(), now);
	}

	private Map<Instant, Long> of(String volume, DumpHistory.Rules rules, Instant now) {
		Map<Instant, Long> expiries = new TreeMap<>();
		for (DirectoryPath directory : this.properties.directories()) {
			this.history.expiries(volume, directory.prefix(), rules, now)
				.forEach((at, bytes) -> expiries.merge(at, bytes, Long::sum));
		}
		return expiries;
	}

	private DumpHistory.Rules rules(Duration maxAge, boolean notificationsEnabled) {
		return new DumpHistory.Rules(maxAge, notificationsEnabled, this.properties.notice(),
				this.properties.keepNewest(), this.properties.keepNewestFor());
	}

	/**
	 * Returns what a shorter retention would free at the next pass.
	 * @param volume the volume
	 * @param now the current time
	 * @param maxAge the shorter age; notices, holds and the newest dumps count as usual
	 * @return the additional bytes that could expire within the hour, 0 or more
	 */
	public long freedBy(String volume, Instant now, Duration maxAge) {
		boolean notify = this.notifications.notificationsEnabled();
		return Math.max(0, due(of(volume, rules(maxAge, notify), now), now) - due(of(volume, now), now));
	}

	/**
	 * Returns what is old enough to expire and waits only for a notification, or for its
	 * notice to end.
	 * @param volume the volume
	 * @param now the current time
	 * @return bytes; 0 if nobody is notified
	 */
	public long waitingForPeople(String volume, Instant now) {
		if (!this.notifications.notificationsEnabled()) {
			return 0;
		}
		return Math.max(0,
				due(of(volume, rules(this.properties.maxAge(), false), now), now) - due(of(volume, now), now));
	}

	// Sums are by the end of the hour.
	private static long due(Map<Instant, Long> expiries, Instant now) {
		Instant soon = now.plus(Duration.ofHours(1));
		return expiries.entrySet()
			.stream()
			.filter((expiry) -> !expiry.getKey().isAfter(soon))
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	/**
	 * Returns the age from which on dumps may expire.
	 * @return {@code dumpkeeper.retention.max-age}
	 */
	public Duration maxAge() {
		return this.properties.maxAge();
	}

	/**
	 * Returns the present dumps that stay only because they are the newest of their
	 * workload.
	 * @param volume the volume
	 * @param now the current time
	 * @param limit the maximum number of dumps
	 * @return the largest ones; none without {@code keep-newest}
	 */
	public List<DumpHistory.NewestDump> newest(String volume, Instant now, int limit) {
		if (this.properties.keepNewest() == 0) {
			return List.of();
		}
		return this.properties.directories()
			.stream()
			.flatMap((directory) -> this.history.newest(volume, directory.prefix(), rules(), now, limit).stream())
			.sorted(Comparator.comparingLong(DumpHistory.NewestDump::bytes).reversed())
			.limit(limit)
			.toList();
	}

	/**
	 * Returns how many of the newest dumps of each workload stay longer.
	 * @return {@code dumpkeeper.retention.keep-newest}
	 */
	public int keepNewest() {
		return this.properties.keepNewest();
	}

	/**
	 * Returns the age up to which the newest dumps stay.
	 * @return {@code dumpkeeper.retention.keep-newest-for}
	 */
	public Duration keepNewestFor() {
		return this.properties.keepNewestFor();
	}

	/**
	 * Returns when a dump may expire at the earliest. That it is among the newest of its
	 * workload or has a duplicate may delay it further.
	 * @param dump its number
	 * @return the rule that keeps it longest, with its end; empty if the dump is gone
	 */
	public Optional<ExpiryRule> lastRule(long dump) {
		return Optional.ofNullable(lastRules(List.of(dump)).get(dump));
	}

	/**
	 * Returns when each of several dumps may expire, as {@link #lastRule} does for one.
	 * @param dumps their numbers
	 * @return the rules by number; none for dumps that are gone
	 */
	public Map<Long, ExpiryRule> lastRules(Collection<Long> dumps) {
		return this.ledger.lastRules(dumps, this.clock.instant());
	}

	private DumpHistory.Rules rules() {
		return rules(this.properties.maxAge(), this.notifications.notificationsEnabled());
	}

	/**
	 * Returns how long a dump that arrives now stays at least.
	 * @return the maximum age, or the notice if that is longer
	 */
	public Duration keepFor() {
		Duration age = this.properties.maxAge();
		Duration notice = this.properties.notice();
		return (this.notifications.notificationsEnabled() && notice.compareTo(age) > 0) ? notice : age;
	}

}
