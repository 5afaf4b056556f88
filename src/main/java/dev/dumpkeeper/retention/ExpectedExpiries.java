package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.dumpkeeper.ledger.DumpHistory;
import dev.dumpkeeper.run.NotificationStatus;

/**
 * What the rules will let go, and when, for whoever looks ahead.
 */
public final class ExpectedExpiries {

	private final RetentionProperties properties;

	private final NotificationStatus notifications;

	private final DumpHistory history;

	ExpectedExpiries(RetentionProperties properties, NotificationStatus notifications, DumpHistory history) {
		this.properties = properties;
		this.notifications = notifications;
		this.history = history;
	}

	/**
	 * When present dumps may go, by age, notice, hold and rank in their workload. Dumps
	 * that nobody was told of are taken for told now.
	 * @param volume the volume
	 * @param now the instant
	 * @return bytes by the instant from which on the next pass takes them
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

	private DumpHistory.Rules rules(Duration maxAge, boolean peopleAreTold) {
		return new DumpHistory.Rules(maxAge, peopleAreTold, this.properties.notice(), this.properties.keepNewest(),
				this.properties.keepNewestFor());
	}

	/**
	 * What a shorter retention would free at the next pass.
	 * @param volume the volume
	 * @param now the instant
	 * @param maxAge the shorter age; notices, holds and the newest count as ever
	 * @return bytes that could go with it within the hour and cannot now, 0 or more
	 */
	public long freedBy(String volume, Instant now, Duration maxAge) {
		boolean told = this.notifications.notificationsEnabled();
		return Math.max(0, due(of(volume, rules(maxAge, told), now), now) - due(of(volume, now), now));
	}

	/**
	 * What is old enough to go and waits only for people to be told, or for their notice
	 * to end.
	 * @param volume the volume
	 * @param now the instant
	 * @return bytes; 0 where nobody is told
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
	 * The age from which on dumps may go.
	 * @return {@code dumpkeeper.retention.max-age}
	 */
	public Duration maxAge() {
		return this.properties.maxAge();
	}

	/**
	 * Present dumps that stay only because they are the newest of their workload.
	 * @param volume the volume
	 * @param now the instant
	 * @param limit how many at most
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
	 * How many of the newest dumps of each workload stay longer.
	 * @return {@code dumpkeeper.retention.keep-newest}
	 */
	public int keepNewest() {
		return this.properties.keepNewest();
	}

	/**
	 * The age up to which they do.
	 * @return {@code dumpkeeper.retention.keep-newest-for}
	 */
	public Duration keepNewestFor() {
		return this.properties.keepNewestFor();
	}

	private DumpHistory.Rules rules() {
		return rules(this.properties.maxAge(), this.notifications.notificationsEnabled());
	}

	/**
	 * How long a dump stays at least that comes now.
	 * @return the age allowed, or the notice where that is longer
	 */
	public Duration keepFor() {
		Duration age = this.properties.maxAge();
		Duration notice = this.properties.notice();
		return (this.notifications.notificationsEnabled() && notice.compareTo(age) > 0) ? notice : age;
	}

}
