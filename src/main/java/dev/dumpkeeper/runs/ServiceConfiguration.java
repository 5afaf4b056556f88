package dev.dumpkeeper.runs;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import net.javacrumbs.shedlock.core.LockProvider;
import org.jspecify.annotations.Nullable;
import org.quartz.Scheduler;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.quartz.autoconfigure.SchedulerFactoryBeanCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.database.DatabaseWait;
import dev.dumpkeeper.digest.Digests;
import dev.dumpkeeper.gateway.DirectoryTimes;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.NewDumps;
import dev.dumpkeeper.retention.Retention;
import dev.dumpkeeper.run.RunProperties;
import dev.dumpkeeper.scan.Scans;
import dev.dumpkeeper.scan.VolumeCatalogue;
import dev.dumpkeeper.wecom.Outbox;

/**
 * Publishes what only a service does, which a single run does not.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(HookProperties.class)
class ServiceConfiguration {

	@Bean
	Schedules schedules(Scheduler scheduler, ScheduleProperties properties, TransactionTemplate transaction,
			DatabaseWait wait) {
		return new Schedules(scheduler, properties, transaction, wait);
	}

	@Bean
	SchedulerFactoryBeanCustomizer onlyJobsOfOurs(ApplicationContext context) {
		return (scheduler) -> scheduler.setJobFactory(new ScheduledJobFactory(context));
	}

	@Bean
	Watch watch(VolumeCatalogue catalogue, Retention retention, NewDumps dumps, DumpLedger ledger, Digests digests,
			Outbox outbox, RunRepository runs, LockProvider locks, JdbcTemplate jdbc, RunProperties properties,
			Drain drain, HookProperties hook, Clock clock) {
		// All that it does may happen beside others.
		Lease lease = new Lease(Lease.WATCH, locks, jdbc, properties.lease(), () -> {
		});
		return new Watch(catalogue, retention, dumps, ledger, digests, outbox, runs, lease, drain, hook.groupWait(),
				clock);
	}

	/** Where new dumps are never looked for, they are not asked for either. */
	@Bean
	@Nullable ArrivalPoll arrivalPoll(Optional<DirectoryTimes> directories, VolumeCatalogue catalogue, Retention retention,
			NewDumps dumps, Watch watch, ScheduleProperties properties, Clock clock) {
		if (directories.isEmpty() || !watch.isAnybodyThere()
				|| ScheduleProperties.NEVER.equals(properties.reconcile())) {
			return null;
		}
		ArrivalPoll poll = new ArrivalPoll(directories.get(), () -> catalogue.select(List.of()),
				retention.dumpDirectories(), dumps::unfinished, watch::look, clock);
		poll.start();
		return poll;
	}

	@Bean
	Jobs jobsForPeople(MaintenanceRuns runs, RunRepository repository, RunRecords records, BatchJobs batch, Scans scans,
			Schedules schedules) {
		return new Jobs(runs, repository, records, batch, scans, schedules);
	}

}
