package dev.dumpkeeper.runs;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

import javax.sql.DataSource;

import net.javacrumbs.shedlock.core.LockProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.JobOperatorFactoryBean;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import dev.dumpkeeper.database.TestBatch;
import dev.dumpkeeper.database.TestRepositories;
import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.lab.MigratedDatabase;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.MovableClock;
import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.RunProperties;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.TerminationSignal;
import dev.dumpkeeper.run.VolumeStepBuilder;
import dev.dumpkeeper.scan.TestScans;
import dev.dumpkeeper.scan.VolumeScans;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * All that runs jobs, on an embedded database that can go away, volumes in memory and a
 * clock that stands still. The jobs bear the names of Dumpkeeper's own and have a first
 * and a second step, which do what a test says; {@code reconcile-dumps} has one that
 * works on the volumes v and w, each by itself.
 */
final class RunsLab implements AutoCloseable {

	static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	static final Duration CONTINUE_WITHIN = Duration.ofHours(24);

	static final Duration KEEP_FOR = Duration.ofDays(90);

	final MovableClock clock = new MovableClock();

	final InMemoryGateway gateway = new InMemoryGateway().with(new InMemoryBucket("v")).with(new InMemoryBucket("w"));

	final StopSignal stop = new StopSignal();

	final Database database = new Database(MigratedDatabase.h2().dataSource());

	final JdbcTemplate jdbc = new JdbcTemplate(this.database);

	final DataSourceTransactionManager transactions = new DataSourceTransactionManager(this.database);

	final LockProvider locks;

	final JobRepository batchRows;

	final RunRepository rows = REPOSITORIES.getBean(RunRepository.class);

	final VolumeScans scans = TestScans.stored(REPOSITORIES);

	final BatchJobs batch;

	final RunRecorder records;

	final Lease lease;

	final GracefulShutdown shutdown = new GracefulShutdown(this.stop, this.gateway);

	final RunLauncher runs;

	/** Each step that began, with the run it is of. */
	final List<String> events = new CopyOnWriteArrayList<>();

	/** What the caller was given. */
	final List<RunReport> reports = new ArrayList<>();

	/** The runs that a section of the report wrote about. */
	final List<Long> written = new ArrayList<>();

	/** What the report on a run says against an end with 0. */
	final Map<Long, ExitCode> causes = new HashMap<>();

	/** What a listener heard. */
	final List<String> heard = new ArrayList<>();

	/** Before when history was forgotten. */
	final List<Instant> forgotten = new ArrayList<>();

	/**
	 * Made once, since that takes longer than most tests; each lab has its own tables.
	 */
	private static final DelegatingDataSource TABLES = new DelegatingDataSource(MigratedDatabase.h2().dataSource());

	private static final ApplicationContext REPOSITORIES = new AnnotationConfigApplicationContext(Repositories.class);

	private final Map<String, Consumer<Run>> hooks = new ConcurrentHashMap<>();

	private IntConsumer onLock = (attempt) -> {
	};

	private int attempts;

	/** The database is not waited for, and the lease is as it is shipped. */
	RunsLab() {
		this(Duration.ZERO, Duration.ofSeconds(60));
	}

	RunsLab(Duration awaitDatabase, Duration leaseDuration) {
		TABLES.setTargetDataSource(this.database);
		RunProperties properties = new RunProperties(leaseDuration, CONTINUE_WITHIN, awaitDatabase, KEEP_FOR);
		LockProvider provider = new RunsConfiguration().lockProvider(this.jdbc, this.database);
		this.locks = (lock) -> {
			this.onLock.accept(++this.attempts);
			return provider.lock(lock);
		};
		this.lease = new RunsConfiguration().lease(this.locks, this.jdbc, properties, this.stop);
		this.batchRows = TestBatch.repository(this.database);
		Map<String, Job> jobs = jobs();
		this.batch = new BatchJobs(jobs, operator(jobs), this.batchRows);
		RunScope scope = new RunScope(TestScans.catalogue(this.gateway), this.scans, null, null, this.clock);
		this.records = new RunRecorder(this.rows, scope, this.batch, properties, List.of(this.forgotten::add),
				this.clock);
		this.runs = new RunLauncher(this.records, scope, this.batch, new RunReporter(List.of(this::write)), this.lease,
				awaitDatabase, new RunLauncher.Shutdown(this.stop, this.shutdown, new TerminationSignal()),
				new Hearer(), this.clock);
	}

	private JobOperator operator(Map<String, Job> jobs) {
		JobOperatorFactoryBean factory = new JobOperatorFactoryBean();
		factory.setJobRepository(this.batchRows);
		MapJobRegistry registry = new MapJobRegistry();
		factory.setJobRegistry(registry);
		try {
			for (Job job : jobs.values()) {
				registry.register(job);
			}
			factory.afterPropertiesSet();
			return factory.getObject();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Map<String, Job> jobs() {
		Map<String, Job> jobs = new HashMap<>();
		for (JobName job : JobName.values()) {
			jobs.put(job.text(), job(job));
		}
		return jobs;
	}

	private Job job(JobName job) {
		JobBuilder builder = new JobBuilder(job.text(), this.batchRows);
		if (job == JobName.RECONCILE_DUMPS) {
			return builder
				.start(VolumeStepBuilder.named("volumes", this.batchRows)
					.over((run) -> List.of("v", "w"))
					.does((run, volume) -> begun("volume " + volume, run)))
				.build();
		}
		return builder.start(step("first")).next(step("second")).build();
	}

	private Step step(String name) {
		return VolumeStepBuilder.single(name, this.batchRows, (run) -> begun(name, run));
	}

	private void begun(String step, Run run) {
		this.events.add(step + " of " + run.id());
		Consumer<Run> hook = this.hooks.remove(step);
		if (hook != null) {
			hook.accept(run);
		}
	}

	private void write(Report report) {
		this.written.add(report.run().id());
		ExitCode cause = this.causes.get(report.run().id());
		if (cause != null) {
			report.cause(cause);
		}
		Consumer<Run> hook = this.hooks.remove("report");
		if (hook != null) {
			hook.accept(report.run());
		}
	}

	/** A person asks for a job, in all volumes where none is named. */
	static RunRequest request(String... volumes) {
		return RunRequest.by(new RunInitiator("ann", "her host"), JobName.MEASURE_USAGE, false, List.of(volumes), null);
	}

	/** A schedule asks for the same job. */
	static RunRequest scheduled(Instant at) {
		return RunRequest.scheduled(JobName.MEASURE_USAGE, at);
	}

	/**
	 * Has the next step of a name do something, once.
	 * @param step {@code first}, {@code second}, {@code volume v}, {@code volume w}, or
	 * {@code report} for the moment when the report is written
	 */
	RunsLab once(String step, Consumer<Run> hook) {
		this.hooks.put(step, hook);
		return this;
	}

	/**
	 * Has something done before each lease that is asked for.
	 * @param hook receives how many were asked for since this call, this one included
	 */
	void onLock(IntConsumer hook) {
		this.attempts = 0;
		this.onLock = hook;
	}

	ExitCode execute() {
		return execute(request());
	}

	ExitCode execute(RunRequest request) {
		return this.runs.execute(request, this.reports::add);
	}

	/**
	 * Runs a job in a process that does not come back from a step, whose lease has run
	 * out: the step is recorded as under way, and the run without an end.
	 */
	RunsLab kill(RunRequest request, String step) {
		once(step, (run) -> this.database.away(true));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> execute(request));
		this.database.away(false);
		freeLease();
		this.heard.clear();
		return this;
	}

	/** Whoever holds the lease has died some time ago. */
	void freeLease() {
		this.jdbc.update("UPDATE shedlock SET lock_until = DATEADD(HOUR, -1, lock_until)");
	}

	boolean isLeaseFree() {
		Optional<Lease.Held> held = this.lease.take();
		held.ifPresent(Lease.Held::close);
		return held.isPresent();
	}

	RunRecord row(long number) {
		return this.rows.findById(number).orElseThrow();
	}

	@Override
	public void close() {
		this.database.away(false);
		this.jdbc.execute("SHUTDOWN");
	}

	/** Refuses connections while it is away; what is open stays open. */
	static final class Database extends DelegatingDataSource {

		private volatile boolean away;

		Database(DataSource dataSource) {
			super(dataSource);
		}

		void away(boolean away) {
			this.away = away;
		}

		@Override
		public Connection getConnection() throws SQLException {
			if (this.away) {
				throw new SQLNonTransientConnectionException("the server has gone away", "08S01");
			}
			return super.getConnection();
		}

	}

	/** Writes down what it hears. */
	private final class Hearer implements RunListener {

		@Override
		public void began(RunRequest request) {
			RunsLab.this.heard.add(request.job().text() + " began");
		}

		@Override
		public void ended(RunRequest request, ExitCode outcome, Duration duration, @Nullable RunReport report) {
			RunsLab.this.heard.add(request.job().text() + " ended with " + outcome + " after " + duration
					+ ((report != null) ? " and a report" : ""));
		}

	}

	// No @Configuration: tests that start the application in this JVM would find it.
	@EnableJdbcRepositories(basePackageClasses = { RunRepository.class, VolumeScans.class })
	static class Repositories extends TestRepositories {

		@Bean
		DataSource tables() {
			return TABLES;
		}

	}

}
