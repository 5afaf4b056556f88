package dev.dumpkeeper.workers;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import dev.dumpkeeper.run.ProcessIdentity;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.workers.StepPartitionRepository.Renewed;

/**
 * The partitions that this process works on. They are renewed together, and stop together
 * when that fails for as long as the lease, when one was taken away or cancelled, or when
 * the process that manages them is silent.
 */
final class Claims implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Claims.class);

	/** A container that restarts has the same host and process id. */
	private final String worker = ProcessIdentity.name() + "#" + UUID.randomUUID();

	private final StepPartitionRepository rows;

	private final WorkersProperties properties;

	private final StopSignal stop;

	private final Map<Long, Claim> held = new HashMap<>();

	/** Counted by the threads that work, which must not wait for a renewal. */
	private final Map<Long, Done> done = new ConcurrentHashMap<>();

	private final ScheduledExecutorService renewal;

	Claims(StepPartitionRepository rows, WorkersProperties properties, StopSignal stop) {
		this.rows = rows;
		this.properties = properties;
		this.stop = stop;
		CustomizableThreadFactory daemons = new CustomizableThreadFactory("claims-");
		daemons.setDaemon(true);
		this.renewal = Executors.newSingleThreadScheduledExecutor(daemons);
		long period = properties.beat().toMillis();
		this.renewal.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
	}

	/** Returns how this process signs its claims and offers. */
	String worker() {
		return this.worker;
	}

	/** Claims a partition that this process offers. */
	Optional<StepPartition> claimOwn() {
		return hold(() -> this.rows.claimOwn(this.worker));
	}

	/** Claims a partition that another process with the same rules offers. */
	Optional<StepPartition> claim(String step, String rules) {
		return hold(() -> this.rows.claim(step, rules, this.worker));
	}

	private synchronized Optional<StepPartition> hold(Supplier<Optional<StepPartition>> claim) {
		long asked = System.nanoTime();
		Optional<StepPartition> claimed = claim.get();
		claimed.ifPresent((partition) -> {
			if (this.held.isEmpty()) {
				holdUntil(asked, this.properties.lease());
			}
			this.held.put(partition.id(), new Claim(partition.fence(), -1, asked));
		});
		return claimed;
	}

	private void holdUntil(long asked, Duration lease) {
		this.stop.holdPartitionsUntil(asked + lease.toNanos());
	}

	/** Returns whether this process works on it, or is about to record its end. */
	synchronized boolean isHeld(StepPartition partition) {
		return this.held.containsKey(partition.id()) || this.done.containsKey(partition.id());
	}

	boolean isOwn(StepPartition partition) {
		return this.worker.equals(partition.worker());
	}

	/** Counts from now on what is done in the volume of a claim. */
	void begin(StepPartition partition, String volume) {
		this.done.put(partition.id(), new Done(partition.fence(), volume));
	}

	/** A process works on one partition of a volume at a time. */
	void progressed(String work, String volume, long more) {
		this.done.values().stream().filter((each) -> each.volume.equals(volume)).forEach((each) -> {
			each.work = work;
			each.objects.addAndGet(more);
		});
	}

	/** Renews the claim no more; the caller records what becomes of it. */
	void release(StepPartition partition) {
		Done last = this.done.get(partition.id());
		if (last != null) {
			record(partition.id(), last);
		}
		synchronized (this) {
			this.held.remove(partition.id());
			if (this.held.isEmpty()) {
				this.stop.endPartitions();
			}
		}
	}

	/** Ends a claim whose end was recorded, or could not be. */
	void end(StepPartition partition) {
		this.done.remove(partition.id());
	}

	synchronized void renew() {
		if (this.held.isEmpty()) {
			return;
		}
		long asked = System.nanoTime();
		try {
			List<Renewed> renewed = this.rows.renew(Set.copyOf(this.held.keySet()), this.worker);
			if (renewed.stream().filter((claim) -> isGood(claim, asked)).count() == this.held.size()) {
				holdUntil(asked, this.properties.lease());
			}
			else {
				logger.info("another process has this one's share of a run, or the run ended; it stops");
				this.stop.raiseForPartitions();
			}
		}
		catch (RuntimeException ex) {
			logger.warn("this process's share of a run could not be renewed: {}", ex.getMessage());
			return;
		}
		this.done.forEach(this::record);
	}

	/** Nothing depends on it but what people see. */
	private void record(long partition, Done progress) {
		long objects = progress.objects.get();
		String work = progress.work;
		if (work == null || objects == progress.recorded) {
			return;
		}
		try {
			this.rows.progressed(partition, progress.fence, work, objects);
			progress.recorded = objects;
		}
		catch (RuntimeException ex) {
			logger.debug("progress could not be recorded", ex);
		}
	}

	private boolean isGood(Renewed renewed, long now) {
		Claim claim = this.held.get(renewed.id());
		if (claim == null || claim.fence != renewed.fence()) {
			return false;
		}
		if (claim.managerBeat != renewed.managerBeat()) {
			this.held.put(renewed.id(), new Claim(claim.fence, renewed.managerBeat(), now));
			return true;
		}
		return now - claim.managerSeen <= this.properties.deadAfter().toNanos();
	}

	@Override
	public void close() {
		this.renewal.shutdownNow();
	}

	/**
	 * @param managerSeen when the manager's beat last changed, on the scale of
	 * {@link System#nanoTime()}
	 */
	private record Claim(int fence, long managerBeat, long managerSeen) {

	}

	/** What was done of a claim. */
	private static final class Done {

		private final int fence;

		private final String volume;

		private final AtomicLong objects = new AtomicLong();

		private volatile @Nullable String work;

		private volatile long recorded;

		Done(int fence, String volume) {
			this.fence = fence;
			this.volume = volume;
		}

	}

}
