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

import dev.dumpkeeper.capacity.AlertPolicy.Decision;
import dev.dumpkeeper.capacity.AlertPolicy.Shares;
import dev.dumpkeeper.capacity.CapacityReading.Outlook;
import dev.dumpkeeper.capacity.forecast.ByteSample;
import dev.dumpkeeper.capacity.forecast.Forecast;
import dev.dumpkeeper.capacity.forecast.Forecaster;
import dev.dumpkeeper.metadata.MetadataDatabases;
import dev.dumpkeeper.notify.Picture;
import dev.dumpkeeper.retention.RetentionSummary;
import dev.dumpkeeper.run.HistoryCleanup;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.usage.DirectoryUsage;
import dev.dumpkeeper.usage.VolumeUsage;

/**
 * Checks how full every volume is and will be, and warns people in time.
 */
public final class CapacityChecks implements HistoryCleanup {

	private static final Logger logger = LoggerFactory.getLogger(CapacityChecks.class);

	private static final Duration KNOWN_FOR = Duration.ofDays(7);

	private static final int EXPLAINED = 20;

	/** How many of the fullest volumes the accuracy of forecasts is measured on. */
	private static final int COMPARED = 5;

	private static final Duration COMPARED_FOR = Duration.ofDays(14);

	/** A smaller difference between the clocks of two machines is not reported. */
	private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

	private final CapacityProperties properties;

	private final MetadataQuotas quotas;

	private final MetricsPage page;

	private final VolumeUsage usage;

	private final FactsReader facts;

	private final GrowthContributorsFinder contributors;

	private final RetentionSummary retention;

	private final CapacityMessages messages;

	private final CapacityRepository rows;

	private final TransactionTemplate transaction;

	private final Forecaster forecaster = new Forecaster();

	private final AlertPolicy policy;

	CapacityChecks(CapacityProperties properties, MetadataDatabases metadata, VolumeUsage usage, FactsReader facts,
			GrowthContributorsFinder contributors, RetentionSummary retention, CapacityMessages messages,
			CapacityRepository rows, TransactionTemplate transaction) {
		this.properties = properties;
		this.quotas = new MetadataQuotas(metadata);
		this.page = new MetricsPage(properties.metricsUrl());
		this.usage = usage;
		this.facts = facts;
		this.contributors = contributors;
		this.retention = retention;
		this.messages = messages;
		this.rows = rows;
		this.transaction = transaction;
		this.policy = new AlertPolicy(properties.threshold(), properties.earlyMargin());
	}

	/**
	 * Checks every volume that was measured in the last week. Warnings are stored in the
	 * outbox, together with the state of the alerts in one transaction. Repeated for the
	 * same run it has no effect. When the metadata database does not answer, the next
	 * source is used.
	 * @param run the run; a dry run notifies nobody and stores no alert state
	 * @param only the volumes to check; empty for all
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
		Map<String, AlertState> before = this.rows.alertStates();
		Map<String, AlertState> after = new HashMap<>();
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
			AlertState state = before.getOrDefault(measured.volume(), AlertState.NEW);
			readings.add((capacity.capacityBytes() != null)
					? judge(run, capacity, capacity.capacityBytes(), state, after, judged)
					: new CapacityReading(capacity, run.now(), null, state.level(), null));
		}
		Map<String, GrowthContributors> contributors = contributors(run, readings, judged);
		List<Picture> charts = this.messages.charts(run, readings, judged, problems);
		int unknownBefore = this.rows.unknownBefore(run);
		int unknown = (int) readings.stream().filter((reading) -> reading.capacity().capacityBytes() == null).count();
		// A check of some volumes, or a dry run, leaves the advice to the next full
		// check.
		boolean counts = only.isEmpty() && !run.dryRun();
		this.transaction.executeWithoutResult((status) -> {
			this.rows.done(run, problems, counts ? unknown : unknownBefore, unknown > unknownBefore, space);
			this.rows.save(run, readings);
			this.rows.save(run, contributors.values());
			if (!run.dryRun()) {
				this.rows.save(run, after);
				this.messages.post(run, pages(readings, contributors, space), charts);
			}
		});
	}

	/** A clock that jumped hides measurements that are later than now, or too old. */
	private Optional<String> clockProblem(Run run, boolean nothingMeasured) {
		Optional<Instant> last = this.rows.lastCheckedAt(run);
		if (last.filter((at) -> at.isAfter(run.now().plus(CLOCKS_DIFFER))).isPresent()) {
			return last.map((at) -> "the clock says " + run.now() + ", but an earlier check was at " + at
					+ ": was it set back? Measurements after now do not count until it has caught up");
		}
		return nothingMeasured ? last.map((at) -> "no volume was measured in the 7 days before " + run.now()
				+ ", the time by the clock; the last check was at " + at) : Optional.empty();
	}

	/** For the most urgent volumes only, since nobody reads about more. */
	private Map<String, GrowthContributors> contributors(Run run, List<CapacityReading> readings,
			Map<String, Judged> judged) {
		Map<String, GrowthContributors> found = new TreeMap<>();
		readings.stream()
			.filter((reading) -> judged.containsKey(reading.capacity().volume()))
			.sorted(CapacityText.URGENT_FIRST)
			.limit(EXPLAINED)
			.map((reading) -> reading.capacity().volume())
			.forEach((volume) -> {
				Judged of = judged.get(volume);
				if (of != null) {
					found.put(volume, this.contributors.find(volume, run.now(), of.expiries(),
							this.properties.horizon(), of.passInterval()));
				}
			});
		return found;
	}

	private CapacityReading judge(Run run, VolumeCapacity capacity, long bytes, AlertState before,
			Map<String, AlertState> after, Map<String, Judged> judged) {
		Forecaster.Facts facts = this.facts.read(capacity.volume(), capacity.usedBytes(), run.now());
		Duration horizon = this.properties.horizon();
		Forecast further = this.forecaster.forecast(facts, horizon.plus(AlertPolicy.BEYOND));
		Forecast forecast = further.until(horizon);
		double threshold = this.properties.threshold() * bytes;
		Decision decision = this.policy.decide(before, run.now(),
				Shares.of(further, horizon, capacity.usedBytes(), bytes, facts.passInterval()));
		AlertState state = decision.state();
		// Without a robot nobody was notified, so the first message is still due.
		after.put(capacity.volume(), this.messages.areHeard() ? state
				: new AlertState(state.level(), before.notifiedLevel(), before.notifiedAt(), state.passesBelow()));
		if (state.level() != CapacityLevel.CALM) {
			judged.put(capacity.volume(), new Judged(forecast, facts.expiries(), facts.passInterval()));
		}
		Outlook outlook = new Outlook(forecast.highest(forecast.p50()), forecast.highest(forecast.p90()),
				forecast.crossing(forecast.p50(), threshold).orElse(null),
				forecast.crossing(forecast.p90(), threshold).orElse(null), forecast.shortHistory());
		return new CapacityReading(capacity, run.now(), outlook, state.level(),
				decision.transition().map(AlertTransition::name).orElse(null));
	}

	// The listing precedes the sweep of the same run.
	private Map<String, Long> freedIn(long run, Instant at) {
		Map<String, Long> freed = new HashMap<>();
		this.retention.volumes(new Run(run, at, false), 0)
			.forEach((volume) -> freed.put(volume.volume(), volume.freedBytes()));
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
					+ ": no volume of this name was measured in the last 7 days; known volumes: "
					+ String.join(", ", volumes.subList(0, Math.min(10, volumes.size()))))
			.toList();
	}

	private @Nullable Long limit(String volume) {
		DataSize limit = this.properties.limits().get(volume);
		return (limit != null) ? limit.toBytes() : null;
	}

	private List<String> pages(List<CapacityReading> readings, Map<String, GrowthContributors> contributors,
			@Nullable FileSystemSpace space) {
		return this.messages.pages(readings, contributors, space, this.properties.threshold());
	}

	/**
	 * Returns the messages that a run sends, or a dry run would send.
	 * @param run the run
	 * @return the pages; empty when there is nothing to report
	 */
	public List<String> preview(Run run) {
		return pages(of(run), contributors(run), this.rows.space(run).orElse(null));
	}

	/**
	 * Returns the results of a run.
	 * @param run the run
	 * @return one for each volume, in order of names; empty before {@link #check}
	 */
	public List<CapacityReading> of(Run run) {
		return this.rows.of(run);
	}

	/**
	 * Verifies that volumes can be checked.
	 * @param volumes the requested names
	 * @param at the instant
	 * @throws InvalidRequestException for a volume that was not measured in the last week
	 */
	public void require(List<String> volumes, Instant at) {
		if (volumes.isEmpty()) {
			return;
		}
		List<String> known = this.usage.latest(at).stream().map(DirectoryUsage::volume).toList();
		for (String volume : volumes) {
			if (!known.contains(volume)) {
				throw new InvalidRequestException("--volume " + volume + ": was not measured in the last 7 days; "
						+ (known.isEmpty() ? "no volume was"
								: "known volumes: " + String.join(", ", known.subList(0, Math.min(10, known.size())))));
			}
		}
	}

	/**
	 * Returns the state of the file system as a whole, as of a run.
	 * @param run the run
	 * @return use and trash, or empty if no source knows them
	 */
	public Optional<FileSystemSpace> space(Run run) {
		return this.rows.space(run);
	}

	/**
	 * Returns whether to explain how to set a capacity: more volumes have none than at
	 * the previous check.
	 * @param run the run
	 * @return {@code false} when the advice was given before
	 */
	public boolean isAdviceDue(Run run) {
		return this.rows.isAdviceDue(run);
	}

	/**
	 * Returns the last result with a known capacity of each volume.
	 * @param at the instant; results older than a week are omitted
	 * @return by volume, each with a capacity and an outlook
	 */
	public Map<String, CapacityReading> latest(Instant at) {
		return this.rows.latest(at.minus(KNOWN_FOR), at);
	}

	/**
	 * Returns the last result with a known capacity of one volume.
	 * @param volume the volume
	 * @param at the instant; results older than a week are omitted
	 * @return the result, or empty
	 */
	public Optional<CapacityReading> latest(String volume, Instant at) {
		return this.rows.latest(volume, at.minus(KNOWN_FOR), at);
	}

	/**
	 * Returns the share of a capacity that a volume should stay below.
	 * @return {@code dumpkeeper.capacity.threshold}, above 0 and at most 1
	 */
	public double threshold() {
		return this.properties.threshold();
	}

	/**
	 * Returns the last known state of the file system as a whole.
	 * @param at the instant; states older than a week are omitted
	 * @return empty if no source knows it
	 */
	public Optional<FileSystemSpace> latestSpace(Instant at) {
		return this.rows.latestSpace(at.minus(KNOWN_FOR), at);
	}

	/**
	 * Returns the accuracy of the recorded forecasts of the fullest volumes whose horizon
	 * ended in the 14 days before an instant.
	 * @param at the instant
	 * @return empty if no such forecast can be compared with later measurements
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
	 * Returns what makes the reported volumes grow.
	 * @param run the run
	 * @return by volume; the most urgent ones only, and none at level CALM
	 */
	public Map<String, GrowthContributors> contributors(Run run) {
		return this.rows.contributors(run);
	}

	/**
	 * Returns the problems of a run, whichever process made it.
	 * @param run the run
	 * @return a sentence for each problem
	 */
	public List<String> problems(Run run) {
		return this.rows.problems(run);
	}

	/**
	 * Deletes old results; the state of alerts is kept.
	 * @param before results from before this instant are deleted
	 */
	@Override
	public void forget(Instant before) {
		this.rows.forget(before);
	}

	/**
	 * The forecast of a volume above level CALM.
	 *
	 * @param forecast its forecast
	 * @param expiries the present dumps, by the earliest instant of their deletion
	 * @param passInterval the time between two passes
	 */
	record Judged(Forecast forecast, List<ByteSample> expiries, Duration passInterval) {

	}

}
