package dev.dumpkeeper.runs;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

import dev.dumpkeeper.database.FailureClassifier;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.VolumeStepBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link BatchJobs}: whatever Spring Batch recorded of a job when its process
 * ended, the job goes on from there, once.
 */
class BatchJobsTests {

	private static final String JOB = JobName.MEASURE_USAGE.text();

	private static final Run RUN = new Run(7, RunsLab.NOW, false);

	private final RunsLab lab = new RunsLab();

	@AfterEach
	void close() {
		this.lab.close();
	}

	private BatchStatus execute() {
		return this.lab.batch.execute(JOB, RUN, List.of()).getStatus();
	}

	/** The process does not come back from the second step. */
	private void killed() {
		this.lab.once("second", (run) -> this.lab.database.away(true));
		assertThat(catchThrowable(this::execute)).isNotNull();
		this.lab.database.away(false);
		this.lab.events.clear();
	}

	private String status(String table) {
		return this.lab.jdbc.queryForList("SELECT STATUS FROM " + table, String.class).toString();
	}

	@Test
	void aJobThatIsCompleteStaysAsItIs() {
		assertThat(execute()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(execute()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.lab.events).containsExactly("first of 7", "second of 7");
	}

	@Test
	void eachRunHasAJobOfItsOwn() {
		execute();
		this.lab.batch.execute(JOB, new Run(8, RunsLab.NOW, false), List.of("v"));
		this.lab.batch.execute(JobName.MAINTENANCE.text(), RUN, List.of());
		assertThat(this.lab.events).containsExactly("first of 7", "second of 7", "first of 8", "second of 8",
				"first of 7", "second of 7");
	}

	@Test
	void whatIsRecordedAsUnderWayWasKilledAndGoesOn() {
		killed();
		assertThat(status("BATCH_JOB_EXECUTION")).isEqualTo("[STARTED]");
		assertThat(status("BATCH_STEP_EXECUTION")).isEqualTo("[COMPLETED, STARTED]");
		assertThat(execute()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.lab.events).containsExactly("second of 7");
	}

	@Test
	void whatWasKilledTwiceGoesOn() {
		killed();
		killed();
		assertThat(execute()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.lab.events).containsExactly("second of 7");
	}

	/** An end that could not be recorded as it was. */
	@ParameterizedTest
	@ValueSource(strings = { "UNKNOWN/UNKNOWN", "UNKNOWN/STARTED", "FAILED/UNKNOWN", "FAILED/STARTED",
			"STOPPED/STARTED", "STARTED/UNKNOWN", "STOPPING/STOPPING", "STARTING/STARTING" })
	void whatCouldNotBeRecordedInTimeGoesOn(String jobAndStep) {
		killed();
		this.lab.jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = ?", jobAndStep.split("/")[0]);
		this.lab.jdbc.update("UPDATE BATCH_STEP_EXECUTION SET STATUS = ? WHERE STEP_NAME = 'second'",
				jobAndStep.split("/")[1]);
		assertThat(execute()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.lab.events).containsExactly("second of 7");
	}

	@Test
	void aJobThatWasCutOffBeforeItsFirstExecutionIsBegun() {
		this.lab.batchRows.createJobInstance(JOB, VolumeStepBuilder.parameters(RUN));
		assertThat(this.lab.batch.last(JOB, VolumeStepBuilder.parameters(RUN))).isNull();
		assertThat(execute()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.lab.events).containsExactly("first of 7", "second of 7");
		assertThat(this.lab.jdbc.queryForObject("SELECT COUNT(*) FROM BATCH_JOB_INSTANCE", Long.class)).isOne();
	}

	@Test
	void theLastExecutionIsFoundWhateverTheVolumes() {
		assertThat(this.lab.batch.last(JOB, VolumeStepBuilder.parameters(RUN))).isNull();
		JobExecution execution = this.lab.batch.execute(JOB, RUN, List.of("v"));
		assertThat(this.lab.batch.last(JOB, VolumeStepBuilder.parameters(RUN))).isEqualTo(execution);
	}

	@Test
	void whatThisVersionStoredCanBeContinued() {
		assertThat(this.lab.batch.isReadable(JOB, RUN)).as("nothing yet").isTrue();
		killed();
		assertThat(this.lab.batch.isReadable(JOB, RUN)).isTrue();
		execute();
		assertThat(this.lab.batch.isReadable(JOB, RUN)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "UPDATE BATCH_STEP_EXECUTION_CONTEXT SET SHORT_CONTEXT = 'rO0ABXNyABFqYXZhLnV0aWw='",
			"UPDATE BATCH_JOB_EXECUTION_CONTEXT SET SHORT_CONTEXT = '{\"@class\":\"java.util.HashMap\"}'",
			"UPDATE BATCH_JOB_EXECUTION_PARAMS SET PARAMETER_VALUE = '8' WHERE PARAMETER_NAME = 'run'",
			"UPDATE BATCH_JOB_EXECUTION_PARAMS SET PARAMETER_TYPE = 'no.such.Type' WHERE PARAMETER_NAME = 'now'",
			"DELETE FROM BATCH_JOB_EXECUTION_PARAMS WHERE PARAMETER_NAME = 'now'" })
	void whatSomebodyElseStoredCannotBeContinued(String change) {
		killed();
		assertThat(this.lab.jdbc.update(change)).isPositive();
		assertThat(this.lab.batch.isReadable(JOB, RUN)).isFalse();
	}

	/** Or it would be given up for an outage. */
	@Test
	void aDatabaseThatIsAwayDoesNotMakeARunUnreadable() {
		killed();
		this.lab.database.away(true);
		Throwable failure = catchThrowable(() -> this.lab.batch.isReadable(JOB, RUN));
		assertThat(FailureClassifier.of(failure).code()).isEqualTo(ExitCode.DATABASE);
	}

}
