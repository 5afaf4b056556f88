package dev.dumpkeeper.digest;

import java.util.Set;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.run.VolumeStepBuilder;
import dev.dumpkeeper.wecom.Outbox;

/**
 * Publishes the step that sends notifications.
 */
@Configuration(proxyBeanMethods = false)
class DigestStepConfiguration {

	// Pages that could not be delivered wait in the outbox, which is no failure of the
	// step.
	@Bean
	Step notifyPeopleStep(JobRepository jobRepository, Digests digests, Outbox outbox) {
		return VolumeStepBuilder.single("notifyPeople", jobRepository, (run) -> {
			boolean composed = digests.compose(run, Set.of());
			if (!run.dryRun()) {
				outbox.deliver();
			}
			// Earlier digests in the outbox may have prevented a new one.
			if (!composed && digests.compose(run, Set.of())) {
				outbox.deliver();
			}
		});
	}

}
