package dev.dumpkeeper.workers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.OptimisticLockingFailureException;

import dev.dumpkeeper.run.Partitions;
import dev.dumpkeeper.run.StoppedException;
import dev.dumpkeeper.workers.SharedPartitions.SharedStep;
import dev.dumpkeeper.workers.StepPartition.State;
import dev.dumpkeeper.workers.StepPartitionRepository.Offer;

/**
 * Has one step's partitions executed: offers them, executes its share, takes those of a
 * silent worker away and offers them again, and returns when all have ended.
 */
final class PartitionManager {

	private static final Logger logger = LoggerFactory.getLogger(PartitionManager.class);

	private static final Duration POLL = Duration.ofMillis(500);

	private static final Duration TELL = Duration.ofSeconds(2);

	private final SharedPartitions shared;

	private final StepPartitionRepository rows;

	private final SharedStep step;

	private final long run;

	/** In the order in which they should start. */
	private final Map<Long, StepExecution> executions = new LinkedHashMap<>();

	/** Lower ids are those of earlier attempts. */
	private final long first;

	/** Partitions that no process has ended, as far as this one knows. */
	private final Set<Long> left;

	private final Map<Long, LastSeen> lastSeen = new HashMap<>();

	private int active;

	private long toldAt = System.nanoTime();

	private @Nullable RuntimeException failure;

	PartitionManager(SharedPartitions shared, SharedStep step, long run, Collection<StepExecution> partitions) {
		this.shared = shared;
		this.rows = shared.rows();
		this.step = step;
		this.run = run;
		Partitions.inOrder(partitions).forEach((partition) -> this.executions.put(partition.getId(), partition));
		this.left = new TreeSet<>(this.executions.keySet());
		this.first = this.left.stream().findFirst().orElse(0L);
	}

	Collection<StepExecution> handle() {
		if (this.executions.isEmpty()) {
			return List.of();
		}
		endEarlier();
		this.rows.offer(new Offer(this.run, name(), this.shared.claims().worker(), this.shared.rules()),
				List.copyOf(this.executions.keySet()));
		try {
			if (!work()) {
				cancel();
			}
		}
		catch (RuntimeException ex) {
			abandon(ex);
			throw ex;
		}
		return this.executions.values();
	}

	private String name() {
		return this.step.step().getName();
	}

	/**
	 * Ends what workers still do for a process that managed this run before, so that
	 * nothing is done twice at a time.
	 */
	private void endEarlier() {
		this.rows.endManaged(this.shared.claims().worker());
		if (!this.rows.open().isEmpty()) {
			logger.info("waiting until other processes end their share of an interrupted run");
			cancel(this.rows::open);
		}
	}

	/** Returns once all have ended, or {@code false} when the run is to stop. */
	private synchronized boolean work() {
		startOwn(this.left.size());
		while (true) {
			if (this.failure != null) {
				throw this.failure;
			}
			boolean stopping = this.shared.stop().isRaisedForRun();
			if ((this.left.isEmpty() || stopping) && this.active == 0) {
				return !stopping;
			}
			pause();
			if (!this.left.isEmpty() && !stopping) {
				this.rows.manage(this.left);
				follow(open());
				tell();
			}
		}
	}

	private void tell() {
		if (System.nanoTime() - this.toldAt > TELL.toNanos()) {
			this.toldAt = System.nanoTime();
			this.shared.progress().share(name(), this.rows.progress(this.run, name(), this.first));
		}
	}

	private void pause() {
		try {
			wait(POLL.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StoppedException();
		}
	}

	private List<StepPartition> open() {
		return this.rows.open(this.shared.claims().worker());
	}

	private void startOwn(int waiting) {
		Map<String, String> context = MDC.getCopyOfContextMap();
		for (int more = Math.min(waiting, this.step.parallel() - this.active); more > 0; more--) {
			this.active++;
			new Thread(() -> {
				MDC.setContextMap((context != null) ? context : Map.of());
				takeShare();
			}, name() + "-" + this.active).start();
		}
	}

	/** Executes partitions until none waits. */
	private void takeShare() {
		RuntimeException thrown = null;
		try {
			Optional<StepPartition> claim = claim();
			while (claim.isPresent()) {
				execute(claim.get());
				claim = claim();
			}
		}
		catch (RuntimeException ex) {
			thrown = ex;
		}
		synchronized (this) {
			this.failure = (this.failure != null) ? this.failure : thrown;
			this.active--;
			notifyAll();
		}
	}

	private Optional<StepPartition> claim() {
		return this.shared.stop().isRaisedForRun() ? Optional.empty() : this.shared.claims().claimOwn();
	}

	private void execute(StepPartition claim) {
		this.shared.execute(claim, claim.isFirstClaim() ? known(claim.id()) : this.shared.load(claim.id()),
				(execution) -> record(claim, execution));
	}

	private void record(StepPartition claim, StepExecution execution) {
		if (execution.getStatus() == BatchStatus.STOPPED && !this.shared.stop().isRaisedForRun()) {
			this.rows.giveBack(claim, false);
			return;
		}
		this.rows.end(claim);
		synchronized (this) {
			this.executions.put(claim.id(), execution);
			this.left.remove(claim.id());
		}
	}

	private synchronized StepExecution known(long id) {
		return Objects.requireNonNull(this.executions.get(id));
	}

	/** Learns what others have ended, and what nobody works on. */
	private void follow(List<StepPartition> open) {
		Set<Long> unfinished = open.stream().map(StepPartition::id).collect(Collectors.toSet());
		List<Long> ended = this.left.stream().filter((id) -> !unfinished.contains(id)).toList();
		ended.forEach((id) -> {
			this.executions.put(id, this.shared.find(id));
			this.left.remove(id);
		});
		silent(open).forEach((partition) -> {
			if (this.rows.takeAway(partition)) {
				logger.warn("{} has not been heard of for {}; its part of {} is offered again", partition.worker(),
						this.shared.properties().deadAfter(), name());
				update(partition.id(), BatchStatus.STARTING, ExitStatus.EXECUTING);
				this.rows.offerAgain(partition.id());
			}
		});
		startOwn((int) open.stream().filter((partition) -> partition.state() == State.WAITING).count());
	}

	/** Returns the claims of others that were not renewed for too long. */
	private List<StepPartition> silent(List<StepPartition> open) {
		long now = System.nanoTime();
		List<StepPartition> silent = new ArrayList<>();
		for (StepPartition partition : open) {
			boolean claimed = partition.state() == State.RUNNING || partition.state() == State.CANCELLED;
			if (!claimed || this.shared.claims().isHeld(partition)) {
				continue;
			}
			if (this.shared.claims().isOwn(partition)) {
				// Its end could not be recorded.
				silent.add(partition);
				continue;
			}
			LastSeen seen = this.lastSeen.get(partition.id());
			if (seen == null || seen.fence != partition.fence() || seen.beat != partition.beat()) {
				this.lastSeen.put(partition.id(), new LastSeen(partition.fence(), partition.beat(), now));
			}
			else if (now - seen.at > this.shared.properties().deadAfter().toNanos()) {
				silent.add(partition);
			}
		}
		return silent;
	}

	/**
	 * Changes a step execution, so that its worker, should it still live, cannot store
	 * its end any more.
	 */
	private StepExecution update(long id, BatchStatus status, ExitStatus exitStatus) {
		while (true) {
			StepExecution execution = this.shared.find(id);
			try {
				execution.setStatus(status);
				execution.setExitStatus(exitStatus);
				this.shared.update(execution);
				return execution;
			}
			catch (OptimisticLockingFailureException ex) {
				logger.debug("the worker stored its end meanwhile", ex);
			}
		}
	}

	/** Ends the partitions of a run that stops. */
	private void cancel() {
		cancel(this::open);
		this.left.forEach((id) -> {
			StepExecution execution = this.shared.find(id);
			this.executions.put(id, execution.getStatus().isRunning()
					? update(id, BatchStatus.STOPPED, ExitStatus.STOPPED) : execution);
		});
	}

	/** Returns when no process works on the partitions. */
	private synchronized void cancel(Supplier<List<StepPartition>> partitions) {
		for (List<StepPartition> open = partitions.get(); !open.isEmpty(); open = partitions.get()) {
			silent(open).forEach(this.rows::takeAway);
			open.forEach(this.rows::cancel);
			pause();
		}
	}

	/**
	 * Waits for the share of this process, and has the others end theirs if the database
	 * can tell them; otherwise they notice that their manager is silent.
	 */
	private synchronized void abandon(RuntimeException failure) {
		while (this.active > 0) {
			pause();
		}
		try {
			open().forEach(this.rows::cancel);
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

	/**
	 * When a claim was last seen to change, on the scale of {@link System#nanoTime()}.
	 */
	private record LastSeen(int fence, long beat, long at) {

	}

}
