package dev.dumpkeeper.workers;

import java.time.Clock;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.RunProperties;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.WorkInProgress;

/**
 * Publishes what shares the partitions of runs among processes.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WorkersProperties.class)
class WorkersConfiguration {

	@Bean
	StepPartitionRepository stepPartitions(JdbcTemplate jdbc, TransactionTemplate transaction, Clock clock) {
		return new StepPartitionRepository(jdbc, transaction, clock);
	}

	@Bean
	Claims claims(StepPartitionRepository rows, WorkersProperties properties, RunProperties run, StopSignal stop) {
		return new Claims(rows, properties.within(run.lease()), stop);
	}

	@Bean
	SharedPartitions partitions(StepPartitionRepository rows, Claims claims, JobRepository executions,
			WorkersProperties properties, RunProperties run, Environment environment, StopSignal stop,
			Progress progress, ObjectProvider<PartitionListener> listener) {
		return new SharedPartitions(rows, claims, executions, properties.within(run.lease()),
				SharedRules.of(environment), stop, progress, listener.getIfAvailable(() -> (step, outcome, took) -> {
				}));
	}

	@Bean
	Workers workers(StepPartitionRepository rows, Claims claims) {
		return new Workers(rows, claims);
	}

	/** Only a service stays to take shares of the runs of others. */
	@Bean
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	PartitionWorker partitionWorker(SharedPartitions shared, WorkInProgress work) {
		return new PartitionWorker(shared, work);
	}

}
