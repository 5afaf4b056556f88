package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.capacity.CapacityChecks.Judged;
import dev.dumpkeeper.capacity.forecast.ByteSample;
import dev.dumpkeeper.usage.VolumeUsage;
import dev.dumpkeeper.wecom.Picture;

/**
 * Chooses the volumes to draw and collects the data of their charts.
 */
final class CapacityCharts {

	/** The limit of pictures per pass: the robot accepts 20 messages a minute. */
	private static final int MOST = 3;

	/** A chart shows at least this much of the past. */
	private static final Duration PAST = Duration.ofDays(7);

	private final CapacityProperties properties;

	private final VolumeUsage usage;

	private final CapacityRepository rows;

	private final CapacityChart chart;

	CapacityCharts(CapacityProperties properties, VolumeUsage usage, CapacityRepository rows, CapacityChart chart) {
		this.properties = properties;
		this.usage = usage;
		this.rows = rows;
		this.chart = chart;
	}

	/**
	 * Draws the most urgent volumes that are reported.
	 * @param now the instant of the pass
	 * @param readings the results of the pass
	 * @param judged the forecasts of volumes above level CALM, by name
	 * @return the most urgent first
	 * @throws CapacityChart.UndrawableException if this machine cannot draw
	 */
	List<Picture> draw(Instant now, List<CapacityReading> readings, Map<String, Judged> judged) {
		return readings.stream()
			.filter((reading) -> reading.transition() != null)
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
				GrowthContributorsFinder.atPasses(judged.expiries(), now, horizon, judged.passInterval())));
	}

	private List<ByteSample> used(String volume, Instant now, Duration horizon) {
		Duration twice = horizon.multipliedBy(2);
		Instant since = now.minus((twice.compareTo(PAST) > 0) ? twice : PAST);
		List<ByteSample> used = this.rows.used(volume, since, now);
		return (used.size() >= 2) ? used
				: this.usage.history(volume, since, now)
					.stream()
					.map((then) -> new ByteSample(then.measuredAt(), then.objectBytes()))
					.toList();
	}

}
