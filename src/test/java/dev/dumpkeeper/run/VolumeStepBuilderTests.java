package dev.dumpkeeper.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.DefaultJobKeyGenerator;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link VolumeStepBuilder}.
 */
class VolumeStepBuilderTests {

	private static final Run RUN = new Run(7, Instant.parse("2026-11-25T00:00:00Z"), true);

	private final List<String> called = new ArrayList<>();

	@Test
	void aSingleStepIsReportedWhichVolumesWereAskedFor() throws JobInterruptedException {
		execute(VolumeStepBuilder.parameters(RUN, List.of("b c", "a", "b c")));
		execute(VolumeStepBuilder.parameters(RUN, List.of("east/b", "b")));
		execute(VolumeStepBuilder.parameters(RUN, List.of()));
		execute(VolumeStepBuilder.parameters(RUN));
		assertThat(this.called).containsExactly(RUN + " [a, b c]", RUN + " [b, east/b]", RUN + " []", RUN + " []");
	}

	@Test
	void aJobIsIdentifiedByItsRunWhateverTheVolumes() {
		DefaultJobKeyGenerator keys = new DefaultJobKeyGenerator();
		assertThat(keys.generateKey(VolumeStepBuilder.parameters(RUN, List.of("a"))))
			.isEqualTo(keys.generateKey(VolumeStepBuilder.parameters(RUN)));
	}

	@Test
	void aPartsVolumeIsKnownWithItsGateway() {
		JobRepository repository = new ResourcelessJobRepository();
		JobParameters parameters = VolumeStepBuilder.parameters(RUN);
		JobExecution job = repository.createJobExecution(repository.createJobInstance("job", parameters), parameters,
				new ExecutionContext());
		StepExecution step = repository.createStepExecution("step", job);
		for (String part : List.of("b", "east/b", "east/", "b//12", "east/b//12")) {
			step.getExecutionContext().putString("volume", part);
			assertThat(VolumeStepBuilder.volume(step)).isEqualTo(part.replace("//12", ""));
		}
	}

	private void execute(JobParameters parameters) throws JobInterruptedException {
		JobRepository repository = new ResourcelessJobRepository();
		JobExecution job = repository.createJobExecution(repository.createJobInstance("job", parameters), parameters,
				new ExecutionContext());
		StepExecution step = repository.createStepExecution("step", job);
		VolumeStepBuilder.single("step", repository, (run, volumes) -> this.called.add(run + " " + volumes))
			.execute(step);
		assertThat(step.getStatus()).isEqualTo(BatchStatus.COMPLETED);
	}

}
