package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.dumpkeeper.capacity.Forecaster.Facts;
import dev.dumpkeeper.ledger.DumpHistory;
import dev.dumpkeeper.retention.ExpectedExpiries;
import dev.dumpkeeper.usage.DirectoryUsage;
import dev.dumpkeeper.usage.Usage;

/**
 * Gathers what is known of a volume, or was at a pass that is over.
 */
final class FactsReader {

	private static final Duration HISTORY = Duration.ofDays(60);

	private final Usage usage;

	private final DumpHistory dumps;

	private final ExpectedExpiries expiries;

	FactsReader(Usage usage, DumpHistory dumps, ExpectedExpiries expiries) {
		this.usage = usage;
		this.dumps = dumps;
		this.expiries = expiries;
	}

	/**
	 * What is known now.
	 * @param volume the volume
	 * @param usedBytes what it holds, after the sweep
	 * @param now the instant
	 */
	Facts now(String volume, long usedBytes, Instant now) {
		return facts(volume, usedBytes, now, this.expiries.of(volume, now));
	}

	/**
	 * What was known at a pass that is over, as far as the ledger tells: by the rules and
	 * holds of today, and without what that pass deleted.
	 * @param volume the volume
	 * @param usedBytes what it held after the sweep
	 * @param at the instant of the pass
	 */
	Facts then(String volume, long usedBytes, Instant at) {
		return facts(volume, usedBytes, at, this.expiries.asOf(volume, at));
	}

	/**
	 * How often passes come.
	 * @param volume the volume
	 * @param now the instant
	 */
	Duration passInterval(String volume, Instant now) {
		return PassInterval.of(history(volume, now).stream().map(DirectoryUsage::measuredAt).toList());
	}

	/**
	 * When present dumps may go.
	 * @param volume the volume
	 * @param now the instant
	 * @return bytes by the instant from which on the next pass takes them
	 */
	Map<Instant, Long> expiries(String volume, Instant now) {
		return this.expiries.of(volume, now);
	}

	private List<DirectoryUsage> history(String volume, Instant now) {
		return this.usage.history(volume, now.minus(HISTORY), now);
	}

	private Facts facts(String volume, long usedBytes, Instant now, Map<Instant, Long> expiries) {
		List<DirectoryUsage> history = history(volume, now);
		// The first look found everything that had come since a retention before.
		Instant from = (history.isEmpty() ? now : history.get(0).measuredAt()).minus(this.expiries.keepFor());
		List<Flow> residue = history.stream()
			.map((measured) -> new Flow(measured.measuredAt(),
					Math.max(0, measured.objectBytes() - measured.dumpBytes())))
			.toList();
		return new Facts(now, usedBytes, flows(expiries), flows(this.dumps.arrivals(volume, from, now)), from, residue,
				this.expiries.keepFor(), PassInterval.of(history.stream().map(DirectoryUsage::measuredAt).toList()));
	}

	private static List<Flow> flows(Map<Instant, Long> sums) {
		return sums.entrySet().stream().map((sum) -> new Flow(sum.getKey(), sum.getValue())).toList();
	}

}
