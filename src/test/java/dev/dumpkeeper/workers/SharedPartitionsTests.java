package dev.dumpkeeper.workers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.database.TestBatch;
import dev.dumpkeeper.lab.MigratedDatabase;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.VolumeStepBuilder;
import dev.dumpkeeper.run.WorkInProgress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SharedPartitions} with {@link PartitionManager} and
 * {@link PartitionWorker}: processes that share a run, on one embedded database. Each has
 * its own claims and its own signal to stop; a process that is frozen renews nothing.
 */
@Timeout(60)
class SharedPartitionsTests {

	private static final Duration LEASE = Duration.ofSeconds(1);

	private static final String RULES = "rules";

	private static final String STEP = "workOf";

	private static final Run RUN = new Run(1, Instant.parse("2026-11-30T08:00:00Z"), false);

	private final MigratedDatabase database = MigratedDatabase.h2();

	private final JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource());

	private final JobRepository repository = TestBatch.repository(this.database.dataSource());

	private final StepPartitionRepository rows = new StepPartitionRepository(this.jdbc,
			new TransactionTemplate(new DataSourceTransactionManager(this.database.dataSource())), Clock.systemUTC());

	/** Who did what, in order. */
	private final List<String> done = new CopyOnWriteArrayList<>();

	/** Whose part ended how, in order. */
	private final List<String> ended = new CopyOnWriteArrayList<>();

	private final List<Progress.Share> told = new CopyOnWriteArrayList<>();

	private final Progress display = new Progress() {

		@Override
		public void add(String work, String volume, long more) {
		}

		@Override
		public void share(String step, Share partitions) {
			SharedPartitionsTests.this.told.add(partitions);
		}

	};

	private final List<Process> processes = new ArrayList<>();

	@AfterEach
	void close() {
		this.processes.forEach((process) -> process.claims.close());
		this.jdbc.execute("SHUTDOWN");
	}

	@Test
	void aProcessAloneDoesAllItself() {
		assertThat(process("a").manage("v", "w", "x")).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.done).containsExactly("a v", "a w", "a x");
		assertThat(this.rows.open()).isEmpty();
	}

	@Test
	void whatHasEndedIsNotDoneAgainWhileItsEndIsRecorded() {
		Process slow = process("a");
		slow.late = LEASE;
		assertThat(slow.manage("v")).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.done).containsExactly("a v");
	}

	@Test
	void aServiceTakesAShare() {
		CountDownLatch both = new CountDownLatch(2);
		Process manager = process("a").doing((process, volume) -> meet(both));
		Process service = process("b").doing((process, volume) -> meet(both)).serving();
		assertThat(manager.manage("v", "w")).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.done).containsExactlyInAnyOrder("a v", "b w");
		assertThat(this.rows.shares(RUN.id()).values()).extracting(Workers.Share::takenOver).containsExactly(0, 0);
		assertThat(service.stop.isRaised()).isFalse();
	}

	@Test
	void theProcessOfTheRunTellsWhatAllHaveDone() {
		Process manager = process("a").doing((process, volume) -> {
			process.claims.progressed("scanned", volume, 3);
			Awaitility.await().until(() -> this.told.stream().anyMatch((told) -> told.objects() == 10));
		});
		Process service = process("b").doing((process, volume) -> {
			process.claims.progressed("scanned", "another", 100);
			process.claims.progressed("scanned", volume, 4);
			process.claims.progressed("scanned", volume, 3);
			Awaitility.await().until(() -> this.told.stream().anyMatch((told) -> told.objects() == 10));
		}).serving();
		assertThat(manager.manage("v", "w", "x")).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.told).contains(new Progress.Share(0, 2, 1, 2, "scanned", 10));
		assertThat(this.rows.shares(RUN.id()).values()).extracting(Workers.Share::state).containsOnly("DONE");
		assertThat(this.rows.shares(RUN.id()).values()).extracting(Workers.Share::objects).contains(3L, 7L);
		assertThat(this.ended).hasSize(3).contains("a COMPLETED", "b COMPLETED");
		assertThat(service.stop.isRaised()).isFalse();
	}

	@Test
	void aProcessThatWasThoughtDeadChangesNoProgress() {
		Process zombie = process("b");
		this.rows.offer(new StepPartitionRepository.Offer(RUN.id(), STEP, "manager", RULES), List.of(1L));
		StepPartition claim = zombie.claims.claim(STEP, RULES).orElseThrow();
		zombie.claims.begin(claim, "v");
		zombie.claims.progressed("scanned", "v", 3);
		assertThat(this.rows.takeAway(this.rows.open().get(0))).isTrue();
		zombie.claims.release(claim);
		assertThat(this.rows.shares(RUN.id()).get(1L))
			.extracting(Workers.Share::state, Workers.Share::takenOver, Workers.Share::work, Workers.Share::objects)
			.containsExactly("WAITING", 1, null, 0L);
		assertThat(this.rows.takenOver()).isEqualTo(1);
	}

	@Test
	void aServiceWithOtherRulesTakesNone() {
		Process service = new Process("b", "others").serving();
		Process manager = process("a").doing((process, volume) -> service.worker.poll());
		assertThat(manager.manage("v", "w")).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.done).containsExactly("a v", "a w");
	}

	@Test
	void theShareOfAProcessThatDiedIsDoneByAnother() {
		Process dead = process("b");
		Process manager = process("a").doing((process, volume) -> {
			if (volume.equals("v")) {
				dead.claims.claim(STEP, RULES);
				dead.claims.close();
			}
		});
		assertThat(manager.manage("v", "w")).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.done).containsExactly("a v", "a w");
		assertThat(this.rows.shares(RUN.id()).values()).extracting(Workers.Share::takenOver)
			.containsExactlyInAnyOrder(0, 1);
	}

	/**
	 * Its step is not executed here: Spring Batch holds one context for a step execution
	 * in a JVM, and two processes have two.
	 */
	@Test
	void whoWasThoughtDeadStopsAtItsFirstCheckAndStoresNothing() {
		Process zombie = process("b");
		List<StepPartition> claims = new ArrayList<>();
		List<StepExecution> executions = new ArrayList<>();
		Process manager = process("a").doing((process, volume) -> {
			if (volume.equals("v")) {
				zombie.claims.close();
				StepPartition claim = zombie.claims.claim(STEP, RULES).orElseThrow();
				claims.add(claim);
				executions.add(zombie.shared.load(claim.id()));
				assertThat(zombie.stop.isRaised()).isFalse();
			}
		});
		assertThat(manager.manage("v", "w")).isEqualTo(BatchStatus.COMPLETED);
		assertThat(zombie.stop.isRaised()).isTrue();
		assertThatExceptionOfType(OptimisticLockingFailureException.class)
			.isThrownBy(() -> zombie.shared.update(executions.get(0)));
		this.rows.giveBack(claims.get(0), false);
		assertThat(this.rows.open()).isEmpty();
		assertThat(this.done).containsExactly("a v", "a w");
	}

	@Test
	void aShareThatWasTakenAwayStopsAllOfItsProcess() {
		Process process = process("b");
		this.rows.offer(new StepPartitionRepository.Offer(RUN.id(), STEP, "manager", RULES), List.of(1L, 2L));
		StepPartition taken = process.claims.claim(STEP, RULES).orElseThrow();
		StepPartition other = process.claims.claim(STEP, RULES).orElseThrow();
		process.claims.renew();
		assertThat(process.stop.isRaised()).isFalse();
		assertThat(this.rows.takeAway(this.rows.open().get(0))).isTrue();
		process.claims.renew();
		assertThat(process.stop.isRaised()).isTrue();
		process.claims.release(taken);
		assertThat(process.stop.isRaised()).isTrue();
		process.claims.release(other);
		assertThat(process.stop.isRaised()).isFalse();
	}

	@Test
	void whatAProcessLeavesAtItsEndIsDoneByAnother() {
		Process ending = process("b").doing((process, volume) -> {
			process.stop.raise();
			process.stop.check();
		}).serving();
		Process manager = process("a").doing((process, volume) -> {
			if (volume.equals("v")) {
				ending.worker.poll();
				Awaitility.await().until(() -> this.done.contains("b w"));
			}
		});
		assertThat(manager.manage("v", "w")).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.done).containsExactly("a v", "b w", "a w");
	}

	@Test
	void whatFailsInAServiceIsTriedByTheProcessOfTheRun() {
		Process failing = process("b").doing((process, volume) -> {
			throw new IllegalStateException("as planned");
		}).serving();
		Process manager = process("a").doing((process, volume) -> {
			if (volume.equals("v")) {
				failing.worker.poll();
				Awaitility.await().until(() -> failing.working == 0);
				failing.worker.poll();
			}
		});
		assertThat(manager.manage("v", "w")).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.done).containsExactly("a v", "b w", "a w");
	}

	@Test
	void whatFailsInTheProcessOfTheRunFailsIt() {
		Process manager = process("a").doing((process, volume) -> {
			throw new IllegalStateException("as planned");
		});
		assertThat(manager.manage("v")).isEqualTo(BatchStatus.FAILED);
		assertThat(manager.execution.getAllFailureExceptions()).extracting(Throwable::getMessage)
			.contains("as planned");
	}

	@Test
	void aRunThatStopsEndsTheSharesOfOthers() {
		Process service = process("b").doing((process, volume) -> process.stop.pause(Duration.ofMinutes(1))).serving();
		Process manager = process("a").doing((process, volume) -> {
			service.worker.poll();
			Awaitility.await().until(() -> this.done.contains("b w"));
			process.stop.raiseForWork();
			process.stop.check();
		});
		assertThat(manager.manage("v", "w", "x")).isEqualTo(BatchStatus.STOPPED);
		assertThat(this.done).containsExactly("a v", "b w");
		assertThat(this.rows.open()).isEmpty();
		Awaitility.await().until(() -> service.working == 0);
		assertThat(service.stop.isRaised()).isFalse();
	}

	@Test
	void aStoppedRunGoesOnWithWhatIsLeft() {
		Process manager = process("a").doing((process, volume) -> {
			if (volume.equals("w")) {
				process.stop.raiseForWork();
				process.stop.check();
			}
		});
		assertThat(manager.manage("v", "w", "x")).isEqualTo(BatchStatus.STOPPED);
		manager.stop.lower();
		assertThat(manager.doing((process, volume) -> {
		}).manage("v", "w", "x")).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.done).containsExactly("a v", "a w", "a w", "a x");
	}

	@Test
	void aServiceStopsWhenTheProcessOfTheRunIsSilent() {
		Process service = process("b").doing((process, volume) -> process.stop.pause(Duration.ofMinutes(1))).serving();
		Process manager = process("a").doing((process, volume) -> {
			service.worker.poll();
			Awaitility.await().until(() -> this.done.contains("b w"));
			// Neither the database nor anybody else tells that it died.
			this.jdbc.update("UPDATE step_partition SET manager = 'dead'");
			throw new IllegalStateException("killed");
		});
		manager.manage("v", "w");
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> service.working == 0);
		assertThat(this.done).containsExactly("a v", "b w");
	}

	@Test
	void nothingIsDoneTwiceAtATimeWhenAnotherProcessContinuesARun() {
		Process service = process("b").doing((process, volume) -> {
			process.stop.pause(Duration.ofMinutes(1));
		}).serving();
		this.rows.offer(new StepPartitionRepository.Offer(RUN.id(), STEP, "dead", RULES), List.of(offered("w")));
		service.worker.poll();
		Awaitility.await().until(() -> this.done.contains("b w"));
		Process next = process("c").doing((process, volume) -> assertThat(service.working).isZero());
		assertThat(next.manage("v", "w")).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.done).containsExactlyInAnyOrder("b w", "c v", "c w");
	}

	@Test
	void aRunIsContinuedAtOnceWhenOnlyItsOwnProcessWorkedOnIt() {
		this.rows.offer(new StepPartitionRepository.Offer(RUN.id(), STEP, "dead", RULES), List.of(9L, 10L));
		this.jdbc.update("UPDATE step_partition SET state = 'RUNNING', worker = 'dead', fence = 1");
		long begun = System.nanoTime();
		assertThat(process("c").manage("v")).isEqualTo(BatchStatus.COMPLETED);
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LEASE);
		assertThat(this.rows.open()).isEmpty();
	}

	@Test
	void whatIsLeftToTheProcessOfTheRunOrHasOtherRulesIsClaimedByNobodyElse() {
		this.rows.offer(new StepPartitionRepository.Offer(1, STEP, "a", RULES), List.of(1L, 2L));
		this.rows.giveBack(this.rows.claim(STEP, RULES, "b").orElseThrow(), true);
		assertThat(this.rows.claim(STEP, "others", "b")).isEmpty();
		assertThat(this.rows.claim(STEP, RULES, "b")).map(StepPartition::id).contains(2L);
		assertThat(this.rows.claim(STEP, RULES, "b")).isEmpty();
		assertThat(this.rows.claimOwn("a")).map(StepPartition::id).contains(1L);
	}

	@Test
	void aShareIsNotTakenFromWhoHasRenewedItMeanwhile() {
		this.rows.offer(new StepPartitionRepository.Offer(1, STEP, "a", RULES), List.of(1L));
		this.rows.claim(STEP, RULES, "b");
		StepPartition found = this.rows.open().get(0);
		this.rows.renew(List.of(1L), "b");
		assertThat(this.rows.takeAway(found)).isFalse();
		assertThat(this.rows.takeAway(this.rows.open().get(0))).isTrue();
	}

	@Test
	void theLeaseOfAShareEndsBeforeThatOfItsRun() {
		WorkersProperties properties = new WorkersProperties(true, Duration.ofSeconds(15));
		assertThat(properties.within(Duration.ofSeconds(60)).lease()).isEqualTo(Duration.ofSeconds(15));
		assertThat(properties.within(Duration.ofSeconds(3)).lease()).isEqualTo(Duration.ofSeconds(2));
	}

	/** Stores a partition of a run whose process is gone. */
	private long offered(String volume) {
		JobParameters parameters = VolumeStepBuilder.parameters(new Run(7, RUN.now(), false), List.of());
		JobInstance instance = this.repository.createJobInstance("gone", parameters);
		JobExecution execution = this.repository.createJobExecution(instance, parameters, new ExecutionContext());
		var step = this.repository.createStepExecution(VolumeStepBuilder.part("work", volume), execution);
		step.getExecutionContext().putString("volume", volume);
		this.repository.updateExecutionContext(step);
		return step.getId();
	}

	private Process process(String name) {
		return new Process(name, RULES);
	}

	private static void meet(CountDownLatch both) {
		both.countDown();
		await(both);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** One of the processes on the database. */
	private final class Process implements WorkInProgress {

		private final StopSignal stop = new StopSignal();

		private final Claims claims;

		private final SharedPartitions shared;

		private final PartitionWorker worker;

		private final Step step;

		private List<String> volumes = List.of();

		private BiConsumer<Process, String> work = (process, volume) -> {
		};

		private JobExecution execution;

		private Duration late = Duration.ZERO;

		private volatile int working;

		Process(String name, String rules) {
			WorkersProperties properties = new WorkersProperties(true, LEASE);
			this.claims = new Claims(SharedPartitionsTests.this.rows, properties, this.stop);
			this.shared = new SharedPartitions(SharedPartitionsTests.this.rows, this.claims,
					SharedPartitionsTests.this.repository, properties, rules, this.stop,
					SharedPartitionsTests.this.display, (step, outcome, took) -> ended(name, outcome));
			this.worker = new PartitionWorker(this.shared, this);
			this.step = VolumeStepBuilder.named("work", SharedPartitionsTests.this.repository)
				.over((run) -> this.volumes)
				.sharedBy(this.shared)
				.does((run, volume) -> {
					SharedPartitionsTests.this.done.add(name + " " + volume);
					this.work.accept(this, volume);
				});
			SharedPartitionsTests.this.processes.add(this);
		}

		private void ended(String name, String outcome) {
			SharedPartitionsTests.this.ended.add(name + " " + outcome);
			new StopSignal().pause(this.late);
		}

		Process doing(BiConsumer<Process, String> does) {
			this.work = does;
			return this;
		}

		/** Takes shares of others' runs from now on. */
		Process serving() {
			this.worker.start();
			return this;
		}

		/** Runs the step in these volumes, as a continuation of what ran before. */
		BatchStatus manage(String... names) {
			this.volumes = List.of(names);
			JobRepository batch = SharedPartitionsTests.this.repository;
			JobParameters parameters = VolumeStepBuilder.parameters(RUN, List.of());
			JobInstance instance = batch.getJobInstance("job", parameters);
			if (instance == null) {
				instance = batch.createJobInstance("job", parameters);
			}
			Job job = new JobBuilder("job", batch).start(this.step).build();
			this.execution = batch.createJobExecution(instance, parameters, new ExecutionContext());
			CompletableFuture.runAsync(() -> {
				try {
					job.execute(this.execution);
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			}).join();
			return this.execution.getStatus();
		}

		@Override
		public synchronized void begin() {
			this.working++;
		}

		@Override
		public synchronized void end() {
			this.working--;
		}

	}

}
