package dev.dumpkeeper.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import dev.dumpkeeper.capacity.CapacityChecks;
import dev.dumpkeeper.capacity.CapacityReading.Outlook;
import dev.dumpkeeper.capacity.FileSystemSpace;
import dev.dumpkeeper.database.FailureClassifier;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.runs.JobName;
import dev.dumpkeeper.runs.RunRecord;
import dev.dumpkeeper.runs.RunRepository;
import dev.dumpkeeper.usage.DirectoryUsage;
import dev.dumpkeeper.usage.VolumeUsage;
import dev.dumpkeeper.workers.Workers;

/**
 * Metrics of the state in the database, whichever process caused it, so that the work of
 * a CronJob is included.
 */
final class StateMetrics implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(StateMetrics.class);

	private static final Duration EVERY = Duration.ofSeconds(15);

	/** How long a pod's dump is exported. An alert on killed pods looks back an hour. */
	private static final Duration LATELY = Duration.ofHours(2);

	/** Each is a time series, and anybody who writes to a volume can invent names. */
	private static final int MOST_PODS = 100;

	private final RunRepository runs;

	private final VolumeUsage usage;

	private final CapacityChecks capacity;

	private final DumpLedger ledger;

	private final Outbox outbox;

	private final Workers workers;

	private final Clock clock;

	private final MultiGauge lastSuccess;

	private final MultiGauge objects;

	private final MultiGauge used;

	private final MultiGauge capacities;

	private final MultiGauge forecasts;

	private final MultiGauge crossings;

	private final MultiGauge levels;

	private final MultiGauge trash;

	private final MultiGauge podDumps;

	private volatile Workers.Counts partitions = new Workers.Counts(0, 0, 0, 0);

	private volatile double unnotified = Double.NaN;

	private volatile double waiting = Double.NaN;

	private volatile double refused = Double.NaN;

	private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(daemons());

	private volatile boolean running;

	StateMetrics(MeterRegistry registry, RunRepository runs, VolumeUsage usage, CapacityChecks capacity,
			DumpLedger ledger, Outbox outbox, Workers workers, Clock clock) {
		this.runs = runs;
		this.usage = usage;
		this.capacity = capacity;
		this.ledger = ledger;
		this.outbox = outbox;
		this.workers = workers;
		this.clock = clock;
		this.lastSuccess = MultiGauge.builder("dumpkeeper.last.success")
			.description("When a job last ended with exit code 0, as seconds since 1970")
			.register(registry);
		this.objects = MultiGauge.builder("dumpkeeper.volume.objects")
			.description("Objects in a volume at its last scan")
			.register(registry);
		this.used = MultiGauge.builder("dumpkeeper.volume.used")
			.baseUnit("bytes")
			.description("Their sizes, added up")
			.register(registry);
		this.capacities = MultiGauge.builder("dumpkeeper.volume.capacity")
			.baseUnit("bytes")
			.description("What a volume may hold, where that is known")
			.register(registry);
		this.forecasts = MultiGauge.builder("dumpkeeper.volume.forecast")
			.baseUnit("bytes")
			.description("What a volume holds at most within dumpkeeper.capacity.horizon, by quantile")
			.register(registry);
		this.crossings = MultiGauge.builder("dumpkeeper.volume.crossing")
			.description("When a quantile reaches dumpkeeper.capacity.threshold, as seconds since 1970")
			.register(registry);
		this.levels = MultiGauge.builder("dumpkeeper.volume.level")
			.description("How urgent a volume is: 0 calm, 1 early, 2 high, 3 critical")
			.register(registry);
		this.trash = MultiGauge.builder("dumpkeeper.trash")
			.baseUnit("bytes")
			.description("What no volume uses; by the metadata database it is in the trash only")
			.register(registry);
		this.podDumps = MultiGauge.builder("dumpkeeper.pod.last.dump")
			.description("When the last dump of a pod was first seen, as seconds since 1970; for two hours")
			.register(registry);
		registry.gauge("dumpkeeper.partitions", Tags.of("state", "waiting"), this,
				(metrics) -> metrics.partitions.waiting());
		registry.gauge("dumpkeeper.partitions", Tags.of("state", "running"), this,
				(metrics) -> metrics.partitions.running());
		registry.gauge("dumpkeeper.partitions.taken.over", this, (metrics) -> metrics.partitions.takenOver());
		registry.gauge("dumpkeeper.partition.workers", this, (metrics) -> metrics.partitions.workers());
		registry.gauge("dumpkeeper.dumps.unnotified", this, (metrics) -> metrics.unnotified);
		registry.gauge("dumpkeeper.messages.waiting", this, (metrics) -> metrics.waiting);
		registry.gauge("dumpkeeper.brake.refused", this, (metrics) -> metrics.refused);
		outbox.attempts()
			.keySet()
			.forEach((outcome) -> FunctionCounter
				.builder("dumpkeeper.messages", outbox, (box) -> box.attempts().getOrDefault(outcome, 0L))
				.tag("outcome", outcome)
				.description("Attempts of this process to send a page")
				.register(registry));
	}

	private static CustomizableThreadFactory daemons() {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("metrics-");
		factory.setDaemon(true);
		return factory;
	}

	private void read() {
		try {
			Instant now = this.clock.instant();
			List<Row<?>> successes = new ArrayList<>();
			for (JobName job : JobName.values()) {
				this.runs.findLastSuccess(job.text())
					.map(RunRecord::finishedAt)
					.ifPresent((at) -> successes.add(Row.of(Tags.of("job", job.text()), at.toEpochMilli() / 1000.0)));
			}
			this.lastSuccess.register(successes, true);
			List<DirectoryUsage> latest = this.usage.latest(now);
			this.objects.register(latest.stream().<Row<?>>map((volume) -> row(volume, volume.objects())).toList(),
					true);
			this.used.register(latest.stream().<Row<?>>map((volume) -> row(volume, volume.objectBytes())).toList(),
					true);
			List<Row<?>> known = new ArrayList<>();
			List<Row<?>> outlooks = new ArrayList<>();
			List<Row<?>> crossings = new ArrayList<>();
			List<Row<?>> urgent = new ArrayList<>();
			this.capacity.latest(now).forEach((volume, reading) -> {
				Tags tags = Tags.of("volume", volume);
				Outlook outlook = Objects.requireNonNull(reading.outlook());
				known.add(Row.of(tags, Objects.requireNonNull(reading.capacity().capacityBytes())));
				outlooks.add(Row.of(tags.and("quantile", "0.5"), outlook.p50Bytes()));
				outlooks.add(Row.of(tags.and("quantile", "0.9"), outlook.p90Bytes()));
				crossing(tags.and("quantile", "0.5"), outlook.p50CrossesAt()).ifPresent(crossings::add);
				crossing(tags.and("quantile", "0.9"), outlook.p90CrossesAt()).ifPresent(crossings::add);
				urgent.add(Row.of(tags, reading.level().ordinal()));
			});
			this.capacities.register(known, true);
			this.forecasts.register(outlooks, true);
			this.crossings.register(crossings, true);
			this.levels.register(urgent, true);
			this.trash.register(this.capacity.latestSpace(now).flatMap(StateMetrics::trash).stream().toList(), true);
			List<Row<?>> pods = new ArrayList<>();
			this.ledger.podsSeen(now.minus(LATELY), MOST_PODS)
				.forEach((pod, at) -> pods.add(Row.of(Tags.of("pod", pod), at.getEpochSecond())));
			this.podDumps.register(pods, true);
			this.partitions = this.workers.counts();
			this.unnotified = this.ledger.countUnnotified();
			this.waiting = this.outbox.state().pages();
			this.refused = this.runs.findLastEnded(JobName.MAINTENANCE.text())
				.map(RunRecord::exitCode)
				.filter((code) -> code == ExitCode.BRAKE_REFUSED.number())
				.isPresent() ? 1 : 0;
		}
		catch (RuntimeException ex) {
			logger.warn("the metrics stay as they were: {}", FailureClassifier.of(ex).message());
		}
	}

	private static Optional<Row<?>> crossing(Tags tags, @Nullable Instant at) {
		return Optional.ofNullable(at).map((instant) -> Row.of(tags, instant.getEpochSecond()));
	}

	private static Optional<Row<?>> trash(FileSystemSpace space) {
		Tags tags = Tags.of("source", space.source().name().toLowerCase(Locale.ROOT));
		return Optional.ofNullable(space.trashBytes()).map((bytes) -> Row.of(tags, bytes));
	}

	private static Row<?> row(DirectoryUsage usage, long value) {
		return Row.of(Tags.of("volume", usage.volume()), value);
	}

	@Override
	public void start() {
		this.running = true;
		this.reader.scheduleWithFixedDelay(this::read, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void stop() {
		this.running = false;
		this.reader.shutdownNow();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
