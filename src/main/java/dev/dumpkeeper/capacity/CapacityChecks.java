package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

import dev.dumpkeeper.capacity.CapacityReading.Outlook;
import dev.dumpkeeper.capacity.LevelRule.News;
import dev.dumpkeeper.capacity.LevelRule.Shares;
import dev.dumpkeeper.capacity.LevelRule.Verdict;
import dev.dumpkeeper.metadata.MetadataDatabase;
import dev.dumpkeeper.retention.RetentionReport;
import dev.dumpkeeper.run.HistoryCleanup;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.UsageException;
import dev.dumpkeeper.usage.DirectoryUsage;
import dev.dumpkeeper.usage.Usage;
import dev.dumpkeeper.wecom.OutboundMessage;
import dev.dumpkeeper.wecom.Outbox;
import dev.dumpkeeper.wecom.Picture;

/**
 * Looks how full every volume is and will be, and tells people in time.
 */
public final class CapacityChecks implements HistoryCleanup {

	private static final Logger logger = LoggerFactory.getLogger(CapacityChecks.class);

	private static final Duration KNOWN_FOR = Duration.ofDays(7);

	private static final int EXPLAINED = 20;

	/** The accuracy is that of the forecasts of the fullest volumes. */
	private static final int COMPARED = 5;

	private static final Duration COMPARED_FOR = Duration.ofDays(14);

	/** Machines' clocks may differ by so much without a word. */
	private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

	private final CapacityProperties properties;

	private final MetadataQuotas quotas;

	private final MetricsPage page;

	private final Usage usage;

	private final FactsReader facts;

	private final DriverSearch search;

	private final RetentionReport retention;

	private final Outbox outbox;

	private final CapacityText text;

	private final CapacityCharts charts;

	private final CapacityRows rows;

	private final TransactionTemplate transaction;

	private final Forecaster forecaster = new Forecaster();

	private final LevelRule rule;

	CapacityChecks(CapacityProperties properties, MetadataDatabase metadata, Usage usage, FactsReader facts,
			DriverSearch search, RetentionReport retention, Outbox outbox, CapacityText text, CapacityCharts charts,
			CapacityRows rows, TransactionTemplate transaction) {
		this.properties = properties;
		this.quotas = new MetadataQuotas(metadata);
		this.page = new MetricsPage(properties.metricsUrl());
		this.usage = usage;
		this.facts = facts;
		this.search = search;
		this.retention = retention;
		this.outbox = outbox;
		this.text = text;
		this.charts = charts;
		this.rows = rows;
		this.transaction = transaction;
		this.rule = new LevelRule(properties.threshold(), properties.earlyMargin());
	}

	/**
	 * Judges every volume that was measured in the last week, and stores what people have
	 * to hear in the outbox, with what is remembered of it in one transaction. Repeated
	 * for the same run it has no effect. A metadata database that does not answer is no
	 * failure: the next source is asked.
	 * @param run the run; a dry one tells nobody and remembers no level
	 * @param only the volumes to judge; none for all
	 */
	public void check(Run run, Set<String> only) {
		if (this.rows.isDone(run)) {
			return;
		}
		MetadataQuotas.Answer answer = this.quotas.read();
		List<String> problems = new ArrayList<>();
		MetricsPage.Answer page = this.page.read();
		Stream.of(answer.problem(), page.problem()).filter((why) -> !why.isEmpty()).forEach(problems::add);
		List<DirectoryUsage> measurements = this.usage.latest(run.now());
		clockProblem(run, measurements.isEmpty()).ifPresent(problems::add);
		List<String> unmatched = unmatched(measurements.stream().map(DirectoryUsage::volume).toList());
		unmatched.forEach((sentence) -> logger.warn("{}", sentence));
		problems.addAll(unmatched);
		FileSystemSpace space = FileSystemSpace.of(answer, page.whole(), measurements);
		Map<String, Judged> judged = new HashMap<>();
		Map<String, LevelState> before = this.rows.watches();
		Map<String, LevelState> after = new HashMap<>();
		List<CapacityReading> readings = new ArrayList<>();
		Map<Long, Map<String, Long>> freed = new HashMap<>();
		for (DirectoryUsage measured : measurements) {
			if (!only.isEmpty() && !only.contains(measured.volume())) {
				continue;
			}
			VolumeCapacity capacity = VolumeCapacity.of(measured.volume(),
					measured.objectBytes()
							- freed.computeIfAbsent(measured.runId(), (id) -> freedIn(id, measured.measuredAt()))
								.getOrDefault(measured.volume(), 0L),
					answer.quotas().get(measured.volume()), limit(measured.volume()));
			LevelState watch = before.getOrDefault(measured.volume(), LevelState.NEW);
			readings.add((capacity.capacityBytes() != null)
					? judge(run, capacity, capacity.capacityBytes(), watch, after, judged)
					: new CapacityReading(capacity, run.now(), null, watch.level(), null));
		}
		Map<String, Drivers> drivers = drivers(run, readings, judged);
		List<Picture> charts = (!run.dryRun() && this.outbox.isConfigured()) ? charts(run, readings, judged, problems)
				: List.of();
		int unknownBefore = this.rows.unknownBefore(run);
		int unknown = (int) readings.stream().filter((reading) -> reading.capacity().capacityBytes() == null).count();
		// Some volumes, or a run that nobody is told of, say nothing of the next one.
		boolean counts = only.isEmpty() && !run.dryRun();
		this.transaction.executeWithoutResult((status) -> {
			this.rows.done(run, problems, counts ? unknown : unknownBefore, unknown > unknownBefore, space);
			this.rows.save(run, readings);
			this.rows.save(run, drivers.values());
			if (!run.dryRun()) {
				this.rows.save(run, after);
				List<String> pages = messages(readings, drivers, space);
				if (this.outbox.isConfigured() && !pages.isEmpty()) {
					this.outbox.post(new OutboundMessage("capacity " + run.id(), pages, charts));
				}
			}
		});
	}

	/**
	 * A clock that jumped hides measurements: those after now, or all that are too old.
	 */
	private Optional<String> clockProblem(Run run, boolean nothingMeasured) {
		Optional<Instant> last = this.rows.lastCheckedAt(run);
		if (last.filter((at) -> at.isAfter(run.now().plus(CLOCKS_DIFFER))).isPresent()) {
			return last.map((at) -> "the clock says " + run.now() + ", but an earlier check was at " + at
					+ ": was it set back? what was measured after now does not count until it has caught up");
		}
		return nothingMeasured ? last.map((at) -> "no volume was measured in the 7 days before " + run.now()
				+ ", which the clock says it is; the last check was at " + at) : Optional.empty();
	}

	/** Only for as many volumes as a person would read about. */
	private Map<String, Drivers> drivers(Run run, List<CapacityReading> readings, Map<String, Judged> judged) {
		Map<String, Drivers> drivers = new TreeMap<>();
		readings.stream()
			.filter((reading) -> judged.containsKey(reading.capacity().volume()))
			.sorted(CapacityText.URGENT_FIRST)
			.limit(EXPLAINED)
			.map((reading) -> reading.capacity().volume())
			.forEach((volume) -> {
				Judged of = judged.get(volume);
				if (of != null) {
					drivers.put(volume, this.search.of(volume, run.now(), of.expiries(), this.properties.horizon(),
							of.passInterval()));
				}
			});
		return drivers;
	}

	/** Where this machine cannot draw, the texts go alone. */
	private List<Picture> charts(Run run, List<CapacityReading> readings, Map<String, Judged> judged,
			List<String> problems) {
		try {
			return this.charts.draw(run.now(), readings, judged);
		}
		catch (CapacityChart.UndrawableException ex) {
			logger.warn("{}", ex.getMessage(), ex);
			problems.add(String.valueOf(ex.getMessage()));
			return List.of();
		}
	}

	private CapacityReading judge(Run run, VolumeCapacity capacity, long bytes, LevelState before,
			Map<String, LevelState> after, Map<String, Judged> judged) {
		Forecaster.Facts facts = this.facts.now(capacity.volume(), capacity.usedBytes(), run.now());
		Duration horizon = this.properties.horizon();
		Forecast further = this.forecaster.forecast(facts, horizon.plus(LevelRule.BEYOND));
		Forecast forecast = further.until(horizon);
		double threshold = this.properties.threshold() * bytes;
		Verdict verdict = this.rule.judge(before, run.now(),
				Shares.of(further, horizon, capacity.usedBytes(), bytes, facts.passInterval()));
		LevelState watch = verdict.watch();
		// Without a robot nobody was told, and the first message is still to come.
		after.put(capacity.volume(), this.outbox.isConfigured() ? watch
				: new LevelState(watch.level(), before.toldLevel(), before.toldAt(), watch.passesBelow()));
		if (watch.level() != CapacityLevel.CALM) {
			judged.put(capacity.volume(), new Judged(forecast, facts.expiries(), facts.passInterval()));
		}
		Outlook outlook = new Outlook(forecast.highest(forecast.p50()), forecast.highest(forecast.p90()),
				forecast.crossing(forecast.p50(), threshold).orElse(null),
				forecast.crossing(forecast.p90(), threshold).orElse(null), forecast.shortHistory());
		return new CapacityReading(capacity, run.now(), outlook, watch.level(),
				verdict.news().map(News::name).orElse(null));
	}

	// The listing is made before the sweep of the same run.
	private Map<String, Long> freedIn(long run, Instant at) {
		Map<String, Long> freed = new HashMap<>();
		this.retention.parts(new Run(run, at, false), 0).forEach((part) -> freed.put(part.volume(), part.freedBytes()));
		return freed;
	}

	private List<String> unmatched(List<String> volumes) {
		if (volumes.isEmpty()) {
			return List.of();
		}
		return this.properties.limits()
			.keySet()
			.stream()
			.filter((name) -> !volumes.contains(name))
			.sorted()
			.map((name) -> "dumpkeeper.capacity.limits." + name
					+ ": no volume of this name was measured in the last 7 days; there is "
					+ String.join(", ", volumes.subList(0, Math.min(10, volumes.size()))))
			.toList();
	}

	private @Nullable Long limit(String volume) {
		DataSize limit = this.properties.limits().get(volume);
		return (limit != null) ? limit.toBytes() : null;
	}

	private List<String> messages(List<CapacityReading> readings, Map<String, Drivers> drivers,
			@Nullable FileSystemSpace space) {
		return this.text.pages(readings.stream().filter((reading) -> reading.news() != null).toList(), drivers, space,
				this.properties.threshold());
	}

	/**
	 * What a run would tell, or told.
	 * @param run the run
	 * @return the pages; none when there is nothing to tell
	 */
	public List<String> preview(Run run) {
		return messages(of(run), drivers(run), this.rows.space(run).orElse(null));
	}

	/**
	 * What a run found out.
	 * @param run the run
	 * @return by volume; empty before {@link #check}
	 */
	public List<CapacityReading> of(Run run) {
		return this.rows.of(run);
	}

	/**
	 * Makes sure that volumes can be looked at.
	 * @param volumes names that somebody gave
	 * @param at the instant
	 * @throws UsageException for one that was not measured in the last week
	 */
	public void require(List<String> volumes, Instant at) {
		if (volumes.isEmpty()) {
			return;
		}
		List<String> known = this.usage.latest(at).stream().map(DirectoryUsage::volume).toList();
		for (String volume : volumes) {
			if (!known.contains(volume)) {
				throw new UsageException("--volume " + volume + ": was not measured in the last 7 days; there "
						+ (known.isEmpty() ? "are none that were"
								: "is " + String.join(", ", known.subList(0, Math.min(10, known.size())))));
			}
		}
	}

	/**
	 * The file system as a whole, at a run.
	 * @param run the run
	 * @return what was told of it, or empty
	 */
	public Optional<FileSystemSpace> space(Run run) {
		return this.rows.space(run);
	}

	/**
	 * Whether more volumes have no known capacity than at the check before, so that it is
	 * time to say how to set one.
	 * @param run the run
	 * @return {@code false} when it was said already
	 */
	public boolean isAdviceDue(Run run) {
		return this.rows.isAdviceDue(run);
	}

	/**
	 * What was found out of each volume when its capacity was last known.
	 * @param at the instant; what was not seen for a week before it is left out
	 * @return by volume, each with a capacity and an outlook
	 */
	public Map<String, CapacityReading> latest(Instant at) {
		return this.rows.latest(at.minus(KNOWN_FOR), at);
	}

	/**
	 * What was told last of the file system as a whole.
	 * @param at the instant; what was told more than a week before it is left out
	 * @return empty where nobody tells
	 */
	public Optional<FileSystemSpace> latestSpace(Instant at) {
		return this.rows.latestSpace(at.minus(KNOWN_FOR), at);
	}

	/**
	 * How good the recorded forecasts of the fullest volumes were, of those whose horizon
	 * ended in the 14 days before an instant.
	 * @param at the instant
	 * @return empty where no such forecast can be compared with what came
	 */
	public Optional<ForecastAccuracy> accuracy(Instant at) {
		Duration horizon = this.properties.horizon();
		Instant to = at.minus(horizon);
		Instant from = to.minus(COMPARED_FOR);
		return ForecastAccuracy.of(this.rows.fullest(from, to, COMPARED).stream().map((volume) -> {
			List<DirectoryUsage> measured = this.usage.history(volume, from, at);
			return this.rows.of(volume, from, to)
				.stream()
				.flatMap((reading) -> ForecastAccuracy.compare(reading, measured, horizon).stream())
				.toList();
		}).toList());
	}

	/**
	 * Why volumes that people hear of are as full as they are.
	 * @param run the run
	 * @return by volume; none for calm ones
	 */
	public Map<String, Drivers> drivers(Run run) {
		return this.rows.drivers(run);
	}

	/**
	 * What went wrong in a run, whichever process made it.
	 * @param run the run
	 * @return a sentence for each reason
	 */
	public List<String> problems(Run run) {
		return this.rows.problems(run);
	}

	/**
	 * Forgets old readings; what is remembered of a volume's level stays.
	 * @param before those made earlier go
	 */
	@Override
	public void forget(Instant before) {
		this.rows.forget(before);
	}

	/**
	 * What was found out of a volume that is not calm.
	 *
	 * @param forecast its forecast
	 * @param expiries when present dumps may go
	 * @param passInterval from one pass to the next
	 */
	record Judged(Forecast forecast, List<Flow> expiries, Duration passInterval) {

	}

}
