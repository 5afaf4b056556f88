package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.dumpkeeper.capacity.forecast.ByteSample;
import dev.dumpkeeper.ledger.DumpHistory;
import dev.dumpkeeper.retention.ExpectedExpiries;

/**
 * Finds what makes a volume grow. Each search sums over the volume's dumps several times,
 * so only reported volumes are searched.
 */
final class GrowthContributorsFinder {

	private static final Duration SINCE = Duration.ofDays(3);

	private final DumpHistory dumps;

	private final ExpectedExpiries expiries;

	GrowthContributorsFinder(DumpHistory dumps, ExpectedExpiries expiries) {
		this.dumps = dumps;
		this.expiries = expiries;
	}

	/**
	 * Finds the contributors of one volume.
	 * @param volume the volume's name
	 * @param now the instant of the pass
	 * @param expiries the present dumps, by the earliest instant of their deletion
	 * @param horizon how far to look ahead
	 * @param interval the time between two passes
	 */
	GrowthContributors find(String volume, Instant now, List<ByteSample> expiries, Duration horizon,
			Duration interval) {
		Duration shorter = this.expiries.maxAge().dividedBy(2);
		return new GrowthContributors(volume, SINCE, this.dumps
			.byWorkload(volume, now.minus(SINCE), now, GrowthContributors.NAMED)
			.stream()
			.map((sum) -> new GrowthContributors.Workload(sum.environment(), sum.workload(), sum.dumps(), sum.bytes()))
			.toList(), largest(atPasses(expiries, now, horizon, interval), GrowthContributors.NAMED), shorter,
				this.expiries.freedBy(volume, now, shorter), this.expiries.waitingForPeople(volume, now));
	}

	/**
	 * Returns the bytes that each pass deletes; the first pass runs one interval after
	 * now.
	 */
	static List<GrowthContributors.Expiry> atPasses(List<ByteSample> expiries, Instant now, Duration horizon,
			Duration interval) {
		Map<Instant, Long> sums = new TreeMap<>();
		expiries.forEach((expiry) -> {
			long due = Math.max(0, Duration.between(now, expiry.at()).toSeconds());
			long step = Math.max(1, interval.toSeconds());
			long pass = Math.max(1, (due + step - 1) / step) * step;
			if (pass <= horizon.toSeconds()) {
				sums.merge(now.plusSeconds(pass), expiry.bytes(), Long::sum);
			}
		});
		return sums.entrySet()
			.stream()
			.map((sum) -> new GrowthContributors.Expiry(sum.getKey(), sum.getValue()))
			.toList();
	}

	private static List<GrowthContributors.Expiry> largest(List<GrowthContributors.Expiry> expiries, int number) {
		return expiries.stream()
			.filter((expiry) -> expiry.bytes() > 0)
			.sorted(Comparator.comparingLong(GrowthContributors.Expiry::bytes).reversed())
			.limit(number)
			.sorted(Comparator.comparing(GrowthContributors.Expiry::at))
			.toList();
	}

}
