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
import dev.dumpkeeper.ledger.NewDumpFinder;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.retention.RetentionOperations;
import dev.dumpkeeper.run.RunProperties;
import dev.dumpkeeper.scan.VolumeScans;
import dev.dumpkeeper.scan.VolumeSelector;
import dev.dumpkeeper.workers.Workers;

/**
 * Publishes the parts of a service that a single run does not need.
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
	NewDumpPoller watch(VolumeSelector selector, RetentionOperations retention, NewDumpFinder dumps, DumpLedger ledger,
			Digests digests, Outbox outbox, RunRepository runs, LockProvider locks, JdbcTemplate jdbc,
			RunProperties properties, GracefulShutdown shutdown, HookProperties hook, Clock clock) {
		// Nothing to stop: all of its work may happen concurrently.
		Lease lease = new Lease(Lease.POLL, locks, jdbc, properties.lease(), () -> {
		});
		NewDumpNotifier notifier = new NewDumpNotifier(dumps, ledger, digests, outbox, runs, clock);
		return new NewDumpPoller(selector, retention, dumps, notifier, lease, shutdown, hook.groupWait(), clock);
	}

	/** Omitted if new dumps are never searched for. */
	@Bean
	@Nullable DirectoryPoller directoryPoller(Optional<DirectoryTimes> directories, VolumeSelector selector,
			RetentionOperations retention, NewDumpFinder dumps, NewDumpPoller poller, ScheduleProperties properties,
			Clock clock) {
		if (directories.isEmpty() || !poller.isAnybodyThere()
				|| ScheduleProperties.NEVER.equals(properties.reconcile())) {
			return null;
		}
		DirectoryPoller poll = new DirectoryPoller(directories.get(), () -> selector.select(List.of()),
				retention.dumpDirectories(), dumps::unfinished, poller::poll, clock);
		poll.start();
		return poll;
	}

	@Bean
	Jobs jobsForPeople(RunLauncher runs, RunRepository repository, RunRecorder records, BatchJobs batch,
			VolumeScans scans, Schedules schedules, Workers workers) {
		return new Jobs(runs, repository, records, batch, scans, schedules, workers);
	}

}
