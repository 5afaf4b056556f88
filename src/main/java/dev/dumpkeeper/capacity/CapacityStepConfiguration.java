package dev.dumpkeeper.capacity;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.run.VolumeSteps;
import dev.dumpkeeper.wecom.Outbox;

/**
 * Publishes the step that looks at capacities.
 */
@Configuration(proxyBeanMethods = false)
class CapacityStepConfiguration {

	// After the sweep, so that nobody is warned of what is gone by then; hence with a
	// delivery of its own.
	@Bean
	Step checkCapacityStep(JobRepository jobRepository, CapacityChecks checks, Outbox outbox) {
		return VolumeSteps.single("checkCapacity", jobRepository, (run, volumes) -> {
			checks.check(run, volumes);
			if (!run.dryRun() && !checks.preview(run).isEmpty()) {
				outbox.deliver();
			}
		});
	}

}
