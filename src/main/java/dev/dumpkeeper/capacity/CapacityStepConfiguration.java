package dev.dumpkeeper.capacity;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.run.VolumeStepBuilder;
import dev.dumpkeeper.wecom.Outbox;

/**
 * Publishes the step that checks capacities.
 */
@Configuration(proxyBeanMethods = false)
class CapacityStepConfiguration {

	// Runs after the sweep, so that nobody is warned of space that was just freed. It
	// delivers its messages itself, since the step that notifies people has ended by
	// then.
	@Bean
	Step checkCapacityStep(JobRepository jobRepository, CapacityChecks checks, Outbox outbox) {
		return VolumeStepBuilder.single("checkCapacity", jobRepository, (run, volumes) -> {
			checks.check(run, volumes);
			if (!run.dryRun() && !checks.preview(run).isEmpty()) {
				outbox.deliver();
			}
		});
	}

}
