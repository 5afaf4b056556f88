package dev.dumpkeeper.maintenance;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.capacity.CapacityChecks;
import dev.dumpkeeper.digest.DailyReports;
import dev.dumpkeeper.digest.Digests;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.retention.Retention;
import dev.dumpkeeper.retention.RetentionReport;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.Scans;
import dev.dumpkeeper.scan.VolumeCatalogue;
import dev.dumpkeeper.usage.Usage;
import dev.dumpkeeper.wecom.Outbox;

/**
 * Publishes what runs the rooms.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RunProperties.class)
class MaintenanceConfiguration {

	@Bean
	Clock clock() {
		return Clock.systemUTC();
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
	Lease lease(JdbcTemplate jdbc, RunProperties properties, StopSignal stop) {
		JdbcTemplateLockProvider provider = new JdbcTemplateLockProvider(
				JdbcTemplateLockProvider.Configuration.builder()
					.withJdbcTemplate(jdbc)
					.withLockedByValue(MaintenanceRuns.holder())
					.usingDbTime()
					.build());
		return new Lease(provider, jdbc, properties.lease(), stop);
	}

	@Bean
	RunReports runReports(Scans scans, Usage usage, RetentionReport retention, DumpLedger ledger, Outbox outbox,
			Digests digests, DailyReports daily, DayStates states, CapacityChecks capacity, DumpGateway gateway) {
		return new RunReports(scans, usage, retention, ledger, outbox, digests, daily, states, capacity, gateway);
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
	MaintenanceRuns maintenanceRuns(RunRepository runs, Map<String, Job> jobs, JobOperator operator,
			JobRepository jobRepository, VolumeCatalogue catalogue, Scans scans, Usage usage, Retention retention,
			DumpLedger ledger, Outbox outbox, RunReports reports, Lease lease, RunProperties properties,
			StopSignal stop, Clock clock) {
		return new MaintenanceRuns(runs, jobs, operator, jobRepository, catalogue, scans, usage, retention, ledger,
				outbox, reports, lease, properties, stop, clock);
	}

	@Bean
	Drain drain(StopSignal stop, DumpGateway gateway) {
		return new Drain(stop, gateway);
	}

	/**
	 * Lets the work under way come to a clean end when the process is told to stop. It is
	 * the first to hear of it, while the database can still be reached.
	 */
	static final class Drain implements SmartLifecycle {

		/** A call to the gateway may go on this long before it is cut off. */
		private static final Duration GRACE = Duration.ofSeconds(3);

		/** Kubernetes waits 30 s; people wait for less. */
		private static final Duration LIMIT = Duration.ofSeconds(9);

		private final StopSignal stop;

		private final DumpGateway gateway;

		private final CountDownLatch idle = new CountDownLatch(1);

		private volatile boolean working;

		private volatile boolean running;

		Drain(StopSignal stop, DumpGateway gateway) {
			this.stop = stop;
			this.gateway = gateway;
		}

		/** The work of this process begins. */
		void begin() {
			this.working = true;
		}

		/** The work of this process is at its end, whatever came of it. */
		void end() {
			this.working = false;
			this.idle.countDown();
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			if (!this.working) {
				return;
			}
			this.stop.raise();
			try {
				if (!this.idle.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
					this.gateway.cutOff();
					this.idle.await(LIMIT.minus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return Integer.MAX_VALUE;
		}

	}

}
