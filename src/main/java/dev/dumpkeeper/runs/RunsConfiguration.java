package dev.dumpkeeper.runs;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import net.javacrumbs.shedlock.provider.sql.DatabaseProduct;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

import dev.dumpkeeper.capacity.CapacityChecks;
import dev.dumpkeeper.digest.DailyReports;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.retention.RetentionOperations;
import dev.dumpkeeper.run.HistoryCleanup;
import dev.dumpkeeper.run.ProcessIdentity;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.ReportingZone;
import dev.dumpkeeper.run.RunProperties;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.TerminationSignal;
import dev.dumpkeeper.scan.VolumeScans;
import dev.dumpkeeper.scan.VolumeSelector;
import dev.dumpkeeper.usage.VolumeUsage;
import dev.dumpkeeper.workers.Workers;

/**
 * Publishes the launcher of runs and its collaborators.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ RunProperties.class, ScheduleProperties.class, HeartbeatProperties.class })
class RunsConfiguration {

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	ReportingZone reportingZone(ScheduleProperties properties) {
		return new ReportingZone(properties.zone());
	}

	@Bean
	StopSignal stopSignal() {
		return new StopSignal();
	}

	@Bean
	ProgressDisplay progressDisplay(Workers workers) {
		return new ProgressDisplay(System.console() != null, workers::progressed);
	}

	@Bean
	Lease lease(LockProvider provider, JdbcTemplate jdbc, RunProperties properties, StopSignal stop) {
		return new Lease(Lease.MAINTENANCE, provider, jdbc, properties.lease(), stop::raiseForWork);
	}

	/**
	 * Its transactions report a broken connection as such: ShedLock takes a failed
	 * rollback for a lock that is held, or for one that was released.
	 */
	@Bean
	LockProvider lockProvider(JdbcTemplate jdbc, DataSource dataSource) {
		// Otherwise ShedLock determines the database at the first lock, and takes one
		// that is unavailable then for an unknown product.
		ConnectionCallback<String> product = (connection) -> connection.getMetaData().getDatabaseProductName();
		return new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
			.withJdbcTemplate(jdbc)
			.withTransactionManager(new JdbcTransactionManager(dataSource))
			.withDatabaseProduct(DatabaseProduct.matchProductName(jdbc.execute(product)))
			.withLockedByValue(ProcessIdentity.name())
			.usingDbTime()
			.build());
	}

	@Bean
	RunReporter runReports(ObjectProvider<ReportSection> sections) {
		return new RunReporter(sections.orderedStream().toList());
	}

	@Bean
	ReportSection dailyReportSection(DailyReports reports, DailyStatusCollector states) {
		return new DailyReportSection(reports, states);
	}

	@Bean
	DailyStatusCollector dayStates(RunRepository runs, VolumeUsage usage, CapacityChecks capacity) {
		return new DailyStatusCollector(runs, usage, capacity);
	}

	@Bean
	Holds holds(DumpLedger ledger, Clock clock) {
		return new Holds(ledger, clock);
	}

	@Bean
	BatchJobs batchJobs(Map<String, Job> jobs, JobOperator operator, JobRepository repository) {
		return new BatchJobs(jobs, operator, repository);
	}

	@Bean
	RunScope runScope(VolumeSelector selector, VolumeScans scans, CapacityChecks capacity,
			RetentionOperations retention, Clock clock) {
		return new RunScope(selector, scans, capacity, retention, clock);
	}

	@Bean
	RunRecorder runRecords(RunRepository runs, RunScope scope, BatchJobs jobs, RunProperties properties,
			ObjectProvider<HistoryCleanup> histories, Clock clock) {
		return new RunRecorder(runs, scope, jobs, properties, histories.stream().toList(), clock);
	}

	@Bean
	RunLauncher maintenanceRuns(RunRecorder records, RunScope scope, BatchJobs jobs, RunReporter reports, Lease lease,
			RunProperties properties, StopSignal stop, GracefulShutdown shutdown,
			ObjectProvider<TerminationSignal> ending, ObjectProvider<RunListener> listeners, Clock clock) {
		return new RunLauncher(records, scope, jobs, reports, lease, properties.awaitDatabase(),
				new RunLauncher.Shutdown(stop, shutdown, ending.getIfAvailable(TerminationSignal::new)),
				RunListener.all(listeners.orderedStream().toList()), clock);
	}

	@Bean
	GracefulShutdown drain(StopSignal stop, DumpGateway gateway) {
		return new GracefulShutdown(stop, gateway);
	}

	@Bean
	RunListener heartbeat(HeartbeatProperties properties) {
		URI url = properties.url();
		return (url != null) ? new Heartbeat(url) : RunListener.all(List.of());
	}

}
