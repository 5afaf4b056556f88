package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.dumpkeeper.capacity.forecast.ByteSample;
import dev.dumpkeeper.capacity.forecast.Forecaster.Facts;
import dev.dumpkeeper.capacity.forecast.Newest;
import dev.dumpkeeper.capacity.forecast.PassInterval;
import dev.dumpkeeper.ledger.DumpHistory;
import dev.dumpkeeper.ledger.DumpHistory.HourlySum;
import dev.dumpkeeper.ledger.DumpHistory.NewestDump;
import dev.dumpkeeper.ledger.DumpHistory.Workload;
import dev.dumpkeeper.retention.ExpectedExpiries;
import dev.dumpkeeper.usage.DirectoryUsage;
import dev.dumpkeeper.usage.VolumeUsage;

/**
 * Collects the facts for a forecast.
 */
final class FactsReader {

	private static final Duration HISTORY = Duration.ofDays(60);

	/**
	 * How many dumps that are kept for being new are followed one by one, largest first.
	 */
	private static final int FOLLOWED = 64;

	private final VolumeUsage usage;

	private final DumpHistory dumps;

	private final ExpectedExpiries expiries;

	/** How long the dumps of the history were kept. */
	private final Duration keptFor;

	FactsReader(VolumeUsage usage, DumpHistory dumps, ExpectedExpiries expiries) {
		this(usage, dumps, expiries, expiries.keepFor());
	}

	private FactsReader(VolumeUsage usage, DumpHistory dumps, ExpectedExpiries expiries, Duration keptFor) {
		this.usage = usage;
		this.dumps = dumps;
		this.expiries = expiries;
		this.keptFor = keptFor;
	}

	/** Returns a reader of the facts under another retention. */
	FactsReader with(Duration maxAge) {
		return new FactsReader(this.usage, this.dumps, this.expiries.with(maxAge), this.keptFor);
	}

	/** How long a dump that arrives now is kept. */
	Duration keepFor() {
		return this.expiries.keepFor();
	}

	Duration maxAge() {
		return this.expiries.maxAge();
	}

	/**
	 * Collects the present facts of a volume.
	 * @param volume the volume's name
	 * @param usedBytes the bytes in use after the sweep
	 * @param now the instant of the forecast
	 */
	Facts read(String volume, long usedBytes, Instant now) {
		List<DirectoryUsage> history = this.usage.history(volume, now.minus(HISTORY), now);
		// The first measurement counted every dump of the retention before it.
		Instant from = (history.isEmpty() ? now : history.get(0).measuredAt()).minus(this.keptFor);
		List<ByteSample> baseline = history.stream()
			.map((measured) -> new ByteSample(measured.measuredAt(),
					Math.max(0, measured.objectBytes() - measured.dumpBytes())))
			.toList();
		Map<Workload, Integer> workloads = new LinkedHashMap<>();
		List<Newest.Dump> dumps = newest(volume, now, workloads);
		Map<Instant, Long> arrivals = new TreeMap<>();
		List<Newest.Arrivals> followed = new ArrayList<>();
		if (dumps.isEmpty()) {
			arrivals.putAll(this.dumps.arrivals(volume, from, now));
		}
		else {
			for (HourlySum sum : this.dumps.arrivals(volume, from, now, workloads.keySet())) {
				arrivals.merge(sum.at(), sum.bytes(), Long::sum);
				Integer workload = workloads.get(sum.workload());
				if (workload != null) {
					followed.add(new Newest.Arrivals(sum.at(), workload, sum.dumps(), sum.bytes()));
				}
			}
		}
		return new Facts(now, usedBytes, samples(this.expiries.of(volume, now)), samples(arrivals), from, baseline,
				this.keptFor, PassInterval.of(history.stream().map(DirectoryUsage::measuredAt).toList()),
				dumps.isEmpty() ? Newest.NONE
						: new Newest(this.expiries.keepNewest(), this.expiries.keepNewestFor(), dumps, followed));
	}

	/** Leaves out small workloads: thousands of them cost time and change little. */
	private List<Newest.Dump> newest(String volume, Instant now, Map<Workload, Integer> workloads) {
		int most = FOLLOWED / Math.max(1, this.expiries.keepNewest());
		List<Newest.Dump> dumps = new ArrayList<>();
		for (NewestDump dump : this.expiries.newest(volume, now, FOLLOWED)) {
			if (workloads.size() < most) {
				workloads.putIfAbsent(dump.workload(), workloads.size());
			}
			Integer workload = workloads.get(dump.workload());
			if (workload != null) {
				dumps.add(new Newest.Dump(workload, dump.rank(), dump.replacedAt(), dump.at(), dump.bytes()));
			}
		}
		return dumps;
	}

	private static List<ByteSample> samples(Map<Instant, Long> sums) {
		return sums.entrySet().stream().map((sum) -> new ByteSample(sum.getKey(), sum.getValue())).toList();
	}

}
