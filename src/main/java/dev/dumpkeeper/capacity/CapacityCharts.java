package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.capacity.CapacityChecks.Judged;
import dev.dumpkeeper.usage.Usage;
import dev.dumpkeeper.wecom.Picture;

/**
 * Draws the most urgent volumes that are news.
 */
final class CapacityCharts {

	/** So many pictures a pass; the robot takes 20 messages a minute from everybody. */
	private static final int MOST = 3;

	/** A chart shows at least so much of the past. */
	private static final Duration PAST = Duration.ofDays(7);

	private final CapacityProperties properties;

	private final Usage usage;

	private final CapacityRows rows;

	private final CapacityChart chart;

	CapacityCharts(CapacityProperties properties, Usage usage, CapacityRows rows, CapacityChart chart) {
		this.properties = properties;
		this.usage = usage;
		this.rows = rows;
		this.chart = chart;
	}

	/**
	 * Draws.
	 * @param now the instant of the pass
	 * @param readings what it found
	 * @param judged of volumes that are not calm, by name
	 * @return the most urgent first
	 * @throws CapacityChart.UndrawableException where this machine cannot
	 */
	List<Picture> draw(Instant now, List<CapacityReading> readings, Map<String, Judged> judged) {
		return readings.stream()
			.filter((reading) -> reading.news() != null)
			.sorted(CapacityText.URGENT_FIRST)
			.map((reading) -> facts(now, reading.capacity(), judged.get(reading.capacity().volume())))
			.flatMap(Optional::stream)
			.limit(MOST)
			.map(this.chart::draw)
			.toList();
	}

	private Optional<CapacityChart.Facts> facts(Instant now, VolumeCapacity capacity, @Nullable Judged judged) {
		Long bytes = capacity.capacityBytes();
		if (judged == null || bytes == null) {
			return Optional.empty();
		}
		Duration horizon = this.properties.horizon();
		return Optional.of(new CapacityChart.Facts(capacity.volume(), now, capacity.usedBytes(),
				used(capacity.volume(), now, horizon), judged.forecast(), bytes, this.properties.threshold(),
				DriverSearch.atPasses(judged.expiries(), now, horizon, judged.passInterval())));
	}

	private List<Flow> used(String volume, Instant now, Duration horizon) {
		Duration twice = horizon.multipliedBy(2);
		Instant since = now.minus((twice.compareTo(PAST) > 0) ? twice : PAST);
		List<Flow> used = this.rows.used(volume, since, now);
		return (used.size() >= 2) ? used
				: this.usage.history(volume, since, now)
					.stream()
					.map((then) -> new Flow(then.measuredAt(), then.objectBytes()))
					.toList();
	}

}
