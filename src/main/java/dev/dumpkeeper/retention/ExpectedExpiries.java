package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import dev.dumpkeeper.ledger.Audience;
import dev.dumpkeeper.ledger.DumpHistory;

/**
 * What the rules will let go, and when, for whoever looks ahead.
 */
public final class ExpectedExpiries {

	private final RetentionProperties properties;

	private final Audience audience;

	private final DumpHistory history;

	ExpectedExpiries(RetentionProperties properties, Audience audience, DumpHistory history) {
		this.properties = properties;
		this.audience = audience;
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
		DumpHistory.Rules rules = rules();
		Map<Instant, Long> expiries = new TreeMap<>();
		for (DirectoryPath directory : this.properties.directories()) {
			this.history.expiries(volume, directory.prefix(), rules, now)
				.forEach((at, bytes) -> expiries.merge(at, bytes, Long::sum));
		}
		return expiries;
	}

	/**
	 * When dumps that were present at an instant might go, as was to be expected then, by
	 * the rules and holds of today.
	 * @param volume the volume
	 * @param then an instant that is over
	 * @return bytes by the instant from which on a pass takes them; without those that
	 * were due
	 */
	public Map<Instant, Long> asOf(String volume, Instant then) {
		Map<Instant, Long> expiries = new TreeMap<>();
		for (DirectoryPath directory : this.properties.directories()) {
			this.history.expiriesAsOf(volume, directory.prefix(), rules(), then)
				.forEach((at, bytes) -> expiries.merge(at, bytes, Long::sum));
		}
		return expiries;
	}

	private DumpHistory.Rules rules() {
		return new DumpHistory.Rules(this.properties.maxAge(), this.audience.isThere(), this.properties.notice(),
				this.properties.keepNewest(), this.properties.keepNewestFor());
	}

	/**
	 * How long a dump stays at least that comes now.
	 * @return the age allowed, or the notice where that is longer
	 */
	public Duration keepFor() {
		Duration age = this.properties.maxAge();
		Duration notice = this.properties.notice();
		return (this.audience.isThere() && notice.compareTo(age) > 0) ? notice : age;
	}

}
