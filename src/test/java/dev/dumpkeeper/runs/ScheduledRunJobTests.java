package dev.dumpkeeper.runs;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;

import dev.dumpkeeper.runs.RunRecord.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what Quartz calls: {@link ScheduledRunJob} at a time of a schedule, and
 * {@link ResumeRunsJob} each minute. Quartz does nothing with a failure but log it, so
 * none reaches it.
 */
class ScheduledRunJobTests {

	private final RunsLab lab = new RunsLab();

	private final ScheduledRunJob job = new ScheduledRunJob(this.lab.runs, this.lab.records, this.lab.stop);

	private final ResumeRunsJob resume = new ResumeRunsJob(this.lab.runs);

	@AfterEach
	void close() {
		this.lab.close();
	}

	private static JobExecutionContext at(Instant time) {
		JobDetail detail = JobBuilder.newJob(ScheduledRunJob.class).withIdentity("maintenance", "dumpkeeper").build();
		return (JobExecutionContext) Proxy.newProxyInstance(ScheduledRunJobTests.class.getClassLoader(),
				new Class<?>[] { JobExecutionContext.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "getJobDetail" -> detail;
					case "getScheduledFireTime" -> Date.from(time);
					default -> throw new UnsupportedOperationException(method.getName());
				});
	}

	@Test
	void aTimeOfTheScheduleIsRunForThatTime() {
		Instant time = RunsLab.NOW.minusSeconds(3);
		this.job.execute(at(time));
		RunRecord row = this.lab.row(1);
		assertThat(row.job()).isEqualTo("maintenance");
		assertThat(row.arguments()).isEmpty();
		assertThat(row.scheduledFor()).isEqualTo(time);
		assertThat(row.startedAt()).isEqualTo(RunsLab.NOW);
		assertThat(row.startedBy()).isEqualTo("schedule");
		assertThat(row.outcome()).isEqualTo(Outcome.COMPLETED);
	}

	@Test
	void aTimeThatAnotherServiceHadIsNotRunAgain() {
		this.job.execute(at(RunsLab.NOW));
		this.job.execute(at(RunsLab.NOW));
		assertThat(this.lab.rows.findAll()).hasSize(1);
		assertThat(this.lab.written).containsExactly(1L);
		this.job.execute(at(RunsLab.NOW.plusSeconds(60)));
		assertThat(this.lab.written).containsExactly(1L, 2L);
	}

	/** It tries again each second. */
	@Test
	void aTimeThatFindsSomebodyAtWorkWaitsForItsTurn() {
		Lease.Held held = this.lab.lease.take().orElseThrow();
		this.lab.onLock((attempt) -> {
			if (attempt == 2) {
				assertThat(this.lab.rows.findAll()).isEmpty();
				held.close();
			}
		});
		this.job.execute(at(RunsLab.NOW));
		assertThat(this.lab.events).containsExactly("first of 1", "second of 1");
		assertThat(this.lab.row(1).scheduledFor()).isEqualTo(RunsLab.NOW);
	}

	@Test
	void aTimeThatWaitsWhenTheProcessEndsIsLeftToTheNextService() {
		try (Lease.Held held = this.lab.lease.take().orElseThrow()) {
			this.lab.onLock((attempt) -> this.lab.stop.raise());
			this.job.execute(at(RunsLab.NOW));
			assertThat(held.isLost()).isFalse();
		}
		assertThat(this.lab.events).isEmpty();
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.STOPPED);
		assertThat(this.lab.row(1).scheduledFor()).isEqualTo(RunsLab.NOW);
		assertThat(this.lab.records.cutOff()).containsExactly(this.lab.row(1));
	}

	@Test
	void theNextServiceCatchesUpWhatWasLeftToIt() {
		this.lab.records.recordMissedFire(RunRequest.scheduled(JobName.MAINTENANCE, RunsLab.NOW));
		this.lab.clock.move(Duration.ofMinutes(2));
		this.resume.execute(at(RunsLab.NOW));
		assertThat(this.lab.events).containsExactly("first of 1", "second of 1");
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.COMPLETED);
		this.job.execute(at(RunsLab.NOW));
		assertThat(this.lab.written).as("the time has had its run").containsExactly(1L);
	}

	@Test
	void aTimeWhoseRunIsStoppedIsContinued() {
		this.lab.once("first", (run) -> {
			this.lab.stop.raiseForWork();
			this.lab.stop.check();
		});
		this.job.execute(at(RunsLab.NOW));
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.STOPPED);
		this.resume.execute(at(RunsLab.NOW));
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.COMPLETED);
	}

	@Test
	void aRunThatFailsIsRecordedAndNoFailureOfTheSchedule() {
		this.lab.once("first", (run) -> {
			throw new IllegalStateException("as planned");
		});
		this.job.execute(at(RunsLab.NOW));
		assertThat(this.lab.row(1).outcome()).isEqualTo(Outcome.FAILED);
		assertThat(this.lab.row(1).exitCode()).isOne();
	}

	@Test
	void aDatabaseThatIsAwayIsNoFailureOfTheSchedules() {
		this.lab.kill(RunsLab.request(), "first");
		this.lab.database.away(true);
		this.job.execute(at(RunsLab.NOW));
		this.resume.execute(at(RunsLab.NOW));
		this.lab.database.away(false);
		this.resume.execute(at(RunsLab.NOW));
		assertThat(this.lab.written).containsExactly(1L);
	}

}
