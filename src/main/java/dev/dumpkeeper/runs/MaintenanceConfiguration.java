package dev.dumpkeeper.runs;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

import dev.dumpkeeper.capacity.CapacityChecks;
import dev.dumpkeeper.digest.DailyReports;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.retention.Retention;
import dev.dumpkeeper.run.Ending;
import dev.dumpkeeper.run.HistoryCleanup;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.ReportingZone;
import dev.dumpkeeper.run.RunProperties;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.Scans;
import dev.dumpkeeper.scan.VolumeCatalogue;
import dev.dumpkeeper.usage.Usage;

/**
 * Publishes what runs the rooms.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ RunProperties.class, ScheduleProperties.class, HeartbeatProperties.class })
class MaintenanceConfiguration {

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
	ProgressDisplay progressDisplay() {
		return new ProgressDisplay(System.console() != null);
	}

	@Bean
	Lease lease(LockProvider provider, JdbcTemplate jdbc, RunProperties properties, StopSignal stop) {
		return new Lease(Lease.MAINTENANCE, provider, jdbc, properties.lease(), stop::raiseForWork);
	}

	/**
	 * Its transactions are such that a broken connection is told as one: ShedLock takes a
	 * rollback that fails for a lock that is taken, or for one that was given back.
	 */
	@Bean
	LockProvider lockProvider(JdbcTemplate jdbc, DataSource dataSource) {
		return new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
			.withJdbcTemplate(jdbc)
			.withTransactionManager(new JdbcTransactionManager(dataSource))
			.withLockedByValue(ThisProcess.name())
			.usingDbTime()
			.build());
	}

	@Bean
	RunReports runReports(ObjectProvider<ReportSection> sections) {
		return new RunReports(sections.orderedStream().toList());
	}

	@Bean
	ReportSection dailyReportSection(DailyReports reports, DayStates states) {
		return new DailyReportSection(reports, states);
	}

	@Bean
	DayStates dayStates(RunRepository runs, Usage usage, CapacityChecks capacity) {
		return new DayStates(runs, usage, capacity);
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
	RunScope runScope(VolumeCatalogue catalogue, Scans scans, CapacityChecks capacity, Retention retention,
			Clock clock) {
		return new RunScope(catalogue, scans, capacity, retention, clock);
	}

	@Bean
	RunRecords runRecords(RunRepository runs, RunScope scope, BatchJobs jobs, RunProperties properties,
			ObjectProvider<HistoryCleanup> histories, Clock clock) {
		return new RunRecords(runs, scope, jobs, properties, histories.stream().toList(), clock);
	}

	@Bean
	MaintenanceRuns maintenanceRuns(RunRecords records, RunScope scope, BatchJobs jobs, RunReports reports, Lease lease,
			RunProperties properties, StopSignal stop, Drain drain, ObjectProvider<Ending> ending,
			ObjectProvider<RunListener> listeners, Clock clock) {
		return new MaintenanceRuns(records, scope, jobs, reports, lease, properties.awaitDatabase(),
				new MaintenanceRuns.Shutdown(stop, drain, ending.getIfAvailable(Ending::new)),
				RunListener.all(listeners.orderedStream().toList()), clock);
	}

	@Bean
	Drain drain(StopSignal stop, DumpGateway gateway) {
		return new Drain(stop, gateway);
	}

	@Bean
	RunListener heartbeat(HeartbeatProperties properties) {
		URI url = properties.url();
		return (url != null) ? new Heartbeat(url) : RunListener.all(List.of());
	}

}
