package dev.dumpkeeper.digest;

import java.util.Set;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.run.VolumeStepBuilder;
import dev.dumpkeeper.wecom.Outbox;

/**
 * Publishes the step that tells people.
 */
@Configuration(proxyBeanMethods = false)
class DigestStepConfiguration {

	// What could not be delivered waits in the outbox: that is an outcome, no failure of
	// the step.
	@Bean
	Step notifyPeopleStep(JobRepository jobRepository, Digests digests, Outbox outbox) {
		return VolumeStepBuilder.single("notifyPeople", jobRepository, (run) -> {
			boolean composed = digests.compose(run, Set.of());
			if (!run.dryRun()) {
				outbox.deliver();
			}
			// Earlier digests may have been in the way.
			if (!composed && digests.compose(run, Set.of())) {
				outbox.deliver();
			}
		});
	}

}
