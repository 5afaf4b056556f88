package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.dumpkeeper.ledger.DumpHistory;
import dev.dumpkeeper.retention.ExpectedExpiries;

/**
 * Finds out what makes a volume full. Asked only for volumes that people hear of: each
 * search is a few sums over the volume's dumps.
 */
final class DriverSearch {

	private static final Duration SINCE = Duration.ofDays(3);

	private final DumpHistory dumps;

	private final ExpectedExpiries expiries;

	DriverSearch(DumpHistory dumps, ExpectedExpiries expiries) {
		this.dumps = dumps;
		this.expiries = expiries;
	}

	/**
	 * Searches.
	 * @param volume the volume
	 * @param now the instant of the pass
	 * @param expiries when present dumps may go
	 * @param horizon how far ahead
	 * @param interval from one pass to the next
	 */
	Drivers of(String volume, Instant now, List<Flow> expiries, Duration horizon, Duration interval) {
		Duration shorter = this.expiries.maxAge().dividedBy(2);
		return new Drivers(volume, SINCE,
				this.dumps.byWorkload(volume, now.minus(SINCE), now, Drivers.NAMED)
					.stream()
					.map((sum) -> new Drivers.Workload(sum.environment(), sum.workload(), sum.dumps(), sum.bytes()))
					.toList(),
				largest(atPasses(expiries, now, horizon, interval), Drivers.NAMED), shorter,
				this.expiries.freedBy(volume, now, shorter), this.expiries.waitingForPeople(volume, now));
	}

	/** What goes at each pass; the first one is an interval away. */
	static List<Drivers.Expiry> atPasses(List<Flow> expiries, Instant now, Duration horizon, Duration interval) {
		Map<Instant, Long> sums = new TreeMap<>();
		expiries.forEach((expiry) -> {
			long due = Math.max(0, Duration.between(now, expiry.at()).toSeconds());
			long step = Math.max(1, interval.toSeconds());
			long pass = Math.max(1, (due + step - 1) / step) * step;
			if (pass <= horizon.toSeconds()) {
				sums.merge(now.plusSeconds(pass), expiry.bytes(), Long::sum);
			}
		});
		return sums.entrySet().stream().map((sum) -> new Drivers.Expiry(sum.getKey(), sum.getValue())).toList();
	}

	private static List<Drivers.Expiry> largest(List<Drivers.Expiry> expiries, int number) {
		return expiries.stream()
			.filter((expiry) -> expiry.bytes() > 0)
			.sorted(Comparator.comparingLong(Drivers.Expiry::bytes).reversed())
			.limit(number)
			.sorted(Comparator.comparing(Drivers.Expiry::at))
			.toList();
	}

}
