package dev.dumpkeeper.runs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.support.GenericApplicationContext;

import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.VolumeStepBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JobsConfiguration}: a job is its line in {@link JobName} and the steps
 * that rooms publish under these names, whatever they do.
 */
class JobsConfigurationTests {

	private static final Run RUN = new Run(7, Instant.parse("2026-11-25T08:00:00Z"), false);

	private final JobRepository repository = new ResourcelessJobRepository();

	private final List<String> done = new ArrayList<>();

	@ParameterizedTest
	@EnumSource
	void aJobDoesTheStepsOfThoseNamesInItsOrder(JobName job) throws Exception {
		assertThat(execute(job.text(), null)).isEqualTo(job.steps());
	}

	@Test
	void anApprovedPlanHasAJobOfItsOwn() throws Exception {
		assertThat(execute(JobName.APPROVED_PLAN, null)).isEqualTo(JobName.APPROVED_STEPS);
	}

	@Test
	void aStepThatNobodyPublishesIsFoundAtTheStart() {
		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> execute("keep-marker", "keepMarkers"));
	}

	private List<String> execute(String name, String without) throws Exception {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.registerBean(JobRepository.class, () -> this.repository);
			for (String step : published()) {
				if (!step.equals(without)) {
					context.registerBean("a step that " + step, Step.class,
							() -> VolumeStepBuilder.single(step, this.repository, (run) -> this.done.add(step)));
				}
			}
			context.register(new JobsConfiguration.Registrar());
			context.refresh();
			Job job = context.getBean(name, Job.class);
			JobParameters parameters = VolumeStepBuilder.parameters(RUN);
			JobExecution execution = this.repository.createJobExecution(
					this.repository.createJobInstance(name, parameters), parameters, new ExecutionContext());
			job.execute(execution);
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
			return this.done;
		}
	}

	private static TreeSet<String> published() {
		TreeSet<String> steps = new TreeSet<>(JobName.APPROVED_STEPS);
		Stream.of(JobName.values()).map(JobName::steps).forEach(steps::addAll);
		return steps;
	}

}
