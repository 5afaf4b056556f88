package dev.dumpkeeper.workers;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import dev.dumpkeeper.run.WorkInProgress;

/**
 * Executes partitions of runs that other processes manage, of each step as many at a time
 * as this process would execute of a run of its own.
 */
final class PartitionWorker implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(PartitionWorker.class);

	private static final int POLL_MILLIS = 1000;

	private final SharedPartitions shared;

	private final WorkInProgress work;

	private final ExecutorService executor = Executors.newCachedThreadPool(new CustomizableThreadFactory("share-"));

	private final ScheduledExecutorService poll = Executors
		.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("shares-"));

	private final Map<String, Integer> active = new HashMap<>();

	/** Runs whose offers were refused, and that was said. */
	private final Set<Long> refused = new HashSet<>();

	private volatile boolean running;

	PartitionWorker(SharedPartitions shared, WorkInProgress work) {
		this.shared = shared;
		this.work = work;
	}

	@Override
	public void start() {
		this.running = true;
		if (this.shared.properties().enabled()) {
			this.poll.scheduleWithFixedDelay(this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	/** Claims what this process can execute now. */
	synchronized void poll() {
		try {
			sayRefused(this.shared.rows().refused(this.shared.rules()));
			for (String step : this.shared.rows().offered(this.shared.rules())) {
				boolean more = true;
				while (more && isFree(step)) {
					Optional<StepPartition> claim = this.shared.claims().claim(step, this.shared.rules());
					claim.ifPresent(this::begin);
					more = claim.isPresent();
				}
			}
		}
		catch (RuntimeException ex) {
			logger.debug("no share of a run can be taken now", ex);
		}
	}

	private void sayRefused(List<Long> runs) {
		runs.stream()
			.filter(this.refused::add)
			.forEach(
					(run) -> logger.warn(
							"this service takes no share of run {}, whose process has another version, or "
									+ "other values of dumpkeeper.retention, marker, brake, scan, ledger or contents",
							run));
	}

	private boolean isFree(String step) {
		SharedPartitions.SharedStep shared = this.shared.steps().get(step);
		return this.running && !this.shared.isManaging() && !this.shared.stop().isRaised() && shared != null
				&& this.active.getOrDefault(step, 0) < shared.parallel();
	}

	private void begin(StepPartition claim) {
		this.active.merge(claim.step(), 1, Integer::sum);
		this.work.begin();
		this.executor.execute(() -> {
			try (MDC.MDCCloseable number = MDC.putCloseable("run", String.valueOf(claim.runId()))) {
				execute(claim);
			}
			catch (RuntimeException ex) {
				logger.warn("a share of run {} ended early: {}", claim.runId(), ex.getMessage());
			}
			finally {
				this.work.end();
				ended(claim);
			}
			poll();
		});
	}

	private synchronized void ended(StepPartition claim) {
		this.active.merge(claim.step(), -1, Integer::sum);
	}

	private void execute(StepPartition claim) {
		StepExecution execution;
		try {
			execution = this.shared.load(claim.id());
		}
		catch (RuntimeException ex) {
			this.shared.claims().release(claim);
			this.shared.rows().giveBack(claim, true);
			throw ex;
		}
		this.shared.execute(claim, execution, (ended) -> record(claim, ended));
	}

	private void record(StepPartition claim, StepExecution execution) {
		switch (execution.getStatus()) {
			case COMPLETED -> this.shared.rows().end(claim);
			// A service goes on taking shares, and must not take the one that it stopped.
			case STOPPED -> this.shared.rows().giveBack(claim, !this.shared.stop().isRaisedForRun());
			default -> {
				logger.warn("{} of run {} failed in this process; the one that manages the run tries it again",
						claim.step(), claim.runId());
				this.shared.rows().giveBack(claim, true);
			}
		}
	}

	/** Takes no more; {@link WorkInProgress} lets those that have begun end. */
	@Override
	public void stop() {
		this.running = false;
		this.poll.shutdown();
		this.executor.shutdown();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Before the end of the process asks the work in progress to stop. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

}
