package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.database.TestRepositories;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.lab.MigratedDatabase;
import dev.dumpkeeper.ledger.TestLedger;
import dev.dumpkeeper.run.MovableClock;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.BucketLister;
import dev.dumpkeeper.scan.FileStats.FileStat;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectClassifier;
import dev.dumpkeeper.scan.ScanVisitor;
import dev.dumpkeeper.scan.TestScans;

/**
 * All that plans and sweeps, on a volume in memory, an embedded database and a clock that
 * stands still. There is no robot, so nothing has to be announced.
 */
final class RetentionLab implements AutoCloseable {

	static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	static final String VOLUME = "v";

	static final Duration MAX_AGE = Duration.ofDays(2);

	static final Duration NOTICE = Duration.ofHours(24);

	private static final RetryTemplate RETRY = new RetryTemplate(RetryPolicy.builder()
		.maxRetries(2)
		.delay(Duration.ZERO)
		.predicate((failure) -> failure instanceof GatewayException ex && ex.isRepeatable())
		.build());

	private final MovableClock clock = new MovableClock();

	final InMemoryBucket bucket = new InMemoryBucket(VOLUME).clock(this.clock);

	final InMemoryGateway gateway = new InMemoryGateway().with(this.bucket);

	final StopSignal stop = new StopSignal();

	final JdbcTemplate jdbc;

	final ExpiryItemRepository items;

	final Quarantine quarantine;

	final ExpiryPlans plans;

	final VolumePlanRepository volumePlans;

	final MarkerRepository markerRows;

	final KeepMarkers markers;

	final TestLedger dumps;

	final ObjectClassifier kinds = new ObjectClassifier(new Globs(List.of("*.hprof")));

	final RetentionPolicy policy;

	/**
	 * Made once, since that takes longer than most tests; each lab has its own tables.
	 */
	private static final DelegatingDataSource TABLES = new DelegatingDataSource(MigratedDatabase.h2().dataSource());

	private static final ApplicationContext REPOSITORIES = new AnnotationConfigApplicationContext(Repositories.class);

	private final ExecutorService workers = Executors.newFixedThreadPool(2);

	/** What is swept. */
	private final DumpGateway volumes;

	private final ExpiryPlanner planner;

	private final RetentionLedger ledger;

	private final SweepJournal.Records records;

	private final ExpirySweep sweep;

	final DuplicateKeyFilter secondKeys;

	private final RetentionSection section;

	private FileStat stat;

	RetentionLab() {
		this(PathTrust.TRUSTED, "dumpfiles");
	}

	RetentionLab(PathTrust paths, String... directories) {
		this(paths, false, 0, directories);
	}

	RetentionLab(PathTrust paths, boolean notificationsEnabled, int keepNewest, String... directories) {
		this(null, paths, notificationsEnabled, keepNewest, directories);
	}

	/** A lab that sweeps volumes of another gateway, which are planned as listed. */
	RetentionLab(DumpGateway volumes) {
		this(volumes, volumes.pathTrust(), false, 0, "dumpfiles");
	}

	private RetentionLab(@Nullable DumpGateway volumes, PathTrust paths, boolean notificationsEnabled, int keepNewest,
			String... directories) {
		this.gateway.pathTrust(paths);
		this.volumes = (volumes != null) ? volumes : this.gateway;
		DataSource dataSource = MigratedDatabase.h2().dataSource();
		TABLES.setTargetDataSource(dataSource);
		this.jdbc = new JdbcTemplate(dataSource);
		DataSourceTransactionManager transactions = new DataSourceTransactionManager(dataSource);
		List<DirectoryPath> retained = List.of(directories).stream().map(DirectoryPath::new).toList();
		this.policy = new RetentionPolicy(
				new RetentionProperties(retained, MAX_AGE, Duration.ofHours(1), NOTICE, keepNewest, Duration.ofDays(30),
						List.of("*.hprof"), 2),
				new MarkerProperties(retained, ".keep", "keepdir"), notificationsEnabled, paths,
				this.volumes::pathTrust);
		this.items = new ExpiryItemRepository(this.jdbc, new TransactionTemplate(transactions));
		this.quarantine = new Quarantine(this.jdbc);
		this.volumePlans = REPOSITORIES.getBean(VolumePlanRepository.class);
		this.markerRows = REPOSITORIES.getBean(MarkerRepository.class);
		this.plans = new ExpiryPlans(REPOSITORIES.getBean(ExpiryPlanRepository.class), this.volumePlans, this.policy,
				new SweepBrake(new BrakeProperties(0.8, 1000, null, null, 0.5)));
		this.dumps = new TestLedger(this.jdbc, transactions, this.gateway, this.clock);
		this.ledger = new RetentionLedger(this.policy, this.dumps.ledger(), this.kinds);
		this.records = new SweepJournal.Records(this.plans, this.volumePlans, this.items, this.quarantine,
				Progress.NONE, this.clock);
		this.markers = new KeepMarkers(this.volumes, TestScans.catalogue(this.volumes), this.markerRows,
				new MarkerProperties(retained, ".keep", "keepdir"), this.clock);
		this.planner = new ExpiryPlanner(this.plans, this.volumePlans, this.items, this.quarantine, this.policy,
				this.ledger, this.clock);
		this.sweep = sweep(TestScans.walk(this.stop), this.workers, 2);
		this.secondKeys = new DuplicateKeyFilter(this.gateway, TestScans.walk(this.stop), this.plans, this.volumePlans,
				this.items, this.kinds, Progress.NONE, this.clock);
		this.section = new RetentionSection(
				new RetentionSummary(this.plans, this.items, this.quarantine, this.markerRows),
				new UnmatchedSelectors(
						new RetentionProperties(retained, MAX_AGE, Duration.ofHours(1), Duration.ZERO, 0,
								Duration.ofDays(14), List.of("*.hprof"), 2),
						new MarkerProperties(retained, ".keep", "keepdir")),
				TestScans.none(), this.gateway);
	}

	PlanBook book() {
		return new PlanBook(REPOSITORIES.getBean(ExpiryPlanRepository.class), this.volumePlans, this.items,
				this.quarantine);
	}

	/** The rule that keeps a dump longest, as its page shows it. */
	Optional<ExpiryRule> lastRule(long dump) {
		return Optional.ofNullable(lastRules(List.of(dump)).get(dump));
	}

	Map<Long, ExpiryRule> lastRules(List<Long> dumps) {
		return this.ledger.lastRules(dumps, this.clock.instant());
	}

	/** A file of an age. */
	RetentionLab file(String name, Duration age) {
		this.bucket.with(name, 10, this.clock.instant().minus(age));
		return this;
	}

	/** Files that are old enough. */
	RetentionLab old(String... names) {
		for (String name : names) {
			file(name, Duration.ofDays(20));
		}
		return this;
	}

	RetentionLab later(Duration duration) {
		this.clock.move(duration);
		return this;
	}

	Run run(long id) {
		return new Run(id, this.clock.instant(), false);
	}

	/** Plans what a run would delete, and judges it. */
	VolumePlan plan(Run run) {
		return plan(run, () -> {
		});
	}

	/** The same, with something that happens before the plan is judged. */
	VolumePlan plan(Run run, Runnable before) {
		plan(run, before, VOLUME);
		return volumePlan(run);
	}

	/** The same in several volumes. */
	void plan(Run run, Runnable before, String... volumes) {
		this.plans.open(run);
		for (String volume : volumes) {
			list(run, volume);
		}
		before.run();
		this.plans.judge(run);
	}

	private void list(Run run, String volume) {
		ScanVisitor visitor = this.planner.join(run, volume).orElseThrow();
		long[] objects = new long[1];
		TestScans.walk(this.stop).forEach(this.gateway.bucket(volume), "", (entry) -> {
			objects[0] += entry.name().endsWith("/") ? 0 : 1;
			visitor.visit(this.kinds.of(entry));
		});
		visitor.complete(TestScans.trusted(run.id(), volume, objects[0]));
	}

	/** Plans what a run would delete of what a volume was listed to hold. */
	void plan(Run run, String volume, List<ObjectEntry> listed) {
		this.plans.open(run);
		ScanVisitor visitor = this.planner.join(run, volume).orElseThrow();
		listed.forEach((entry) -> visitor.visit(this.kinds.of(entry)));
		visitor.complete(TestScans.trusted(run.id(), volume, listed.size()));
		this.plans.judge(run);
	}

	/** Begins a plan whose listing is not to be believed. */
	void planInVain(Run run) {
		this.plans.open(run);
		ScanVisitor visitor = this.planner.join(run, VOLUME).orElseThrow();
		TestScans.walk(this.stop).forEach(this.bucket, "", (entry) -> visitor.visit(this.kinds.of(entry)));
		visitor.abandon();
	}

	VolumePlan volumePlan(Run run) {
		return volumePlan(run, VOLUME);
	}

	VolumePlan volumePlan(Run run, String volume) {
		return this.volumePlans.findByPlanIdAndVolume(this.plans.findByRun(run).orElseThrow().number(), volume)
			.orElseThrow();
	}

	void keepSecondKeys(Run run) {
		this.secondKeys.keep(run);
	}

	/** Sweeps what a run planned, as far as its plan lets it. */
	void sweep(Run run) {
		this.plans.volumesToSweep(run).forEach((volume) -> this.sweep.sweep(run, volume));
	}

	/** Sweeps one volume by other means. */
	void sweep(Run run, BucketLister lister, ExecutorService workers, int parallelBatches) {
		sweep(lister, workers, parallelBatches).sweep(run, VOLUME);
	}

	private ExpirySweep sweep(BucketLister lister, ExecutorService workers, int parallelBatches) {
		return new ExpirySweep(this.volumes, this.records, this.markers, this.policy, this.ledger, lister, this::stats,
				new ParallelBatches.Workers(workers, parallelBatches, RETRY), this.stop);
	}

	/** Plans and sweeps. */
	void pass(Run run) {
		plan(run);
		sweep(run);
	}

	/** Has files asked for in the metadata. */
	void metadata(FileStat stat) {
		this.stat = stat;
	}

	private Optional<FileStat> stats(Run run, String volume) {
		return Optional.ofNullable(this.stat);
	}

	/** What the report says of a run of a job with these steps. */
	Report report(Run run, String... steps) {
		Report report = new Report(run, "job", List.of(steps), this.clock.instant());
		this.section.write(report);
		return report;
	}

	/** The planned names. */
	List<String> planned(Run run) {
		return this.jdbc.query("SELECT object_key FROM expiry_item WHERE volume_plan_id = ? ORDER BY seq",
				(row, number) -> new String(row.getBytes(1), java.nio.charset.StandardCharsets.UTF_8),
				volumePlan(run).key());
	}

	/** What became of each planned name; {@code -} for nothing yet. */
	Map<String, String> outcomes(Run run) {
		return outcomes(run, VOLUME);
	}

	Map<String, String> outcomes(Run run, String volume) {
		Map<String, String> outcomes = new TreeMap<>();
		this.jdbc.query("SELECT object_key, COALESCE(outcome, '-') FROM expiry_item WHERE volume_plan_id = ?",
				(row) -> {
					outcomes.put(new String(row.getBytes(1), java.nio.charset.StandardCharsets.UTF_8),
							row.getString(2));
				}, volumePlan(run, volume).key());
		return outcomes;
	}

	@Override
	public void close() {
		this.workers.shutdownNow();
		this.jdbc.execute("SHUTDOWN");
	}

	// No @Configuration: tests that start the application in this JVM would find it.
	@EnableJdbcRepositories(basePackageClasses = ExpiryPlanRepository.class)
	static class Repositories extends TestRepositories {

		@Bean
		DataSource tables() {
			return TABLES;
		}

	}

}
