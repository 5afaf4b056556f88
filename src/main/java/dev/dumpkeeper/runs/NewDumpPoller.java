package dev.dumpkeeper.runs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import dev.dumpkeeper.database.FailureClassifier;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.NewDumpFinder;
import dev.dumpkeeper.retention.RetentionOperations;
import dev.dumpkeeper.run.StoppedException;
import dev.dumpkeeper.scan.UntrustedListingException;
import dev.dumpkeeper.scan.VolumeSelector;
import dev.dumpkeeper.text.SafeText;

/**
 * Polls for new dumps between runs and notifies people of them within a minute or two. It
 * has a lease of its own, so that it never blocks a CronJob at the full hour. It deletes
 * nothing, and all of its work may happen during a run.
 */
public final class NewDumpPoller implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(NewDumpPoller.class);

	/**
	 * How long a directory is not listed again, as a multiple of how long its listing
	 * took.
	 */
	private static final int REST = 20;

	/** The maximum number of reports that arrived faster than the gateway answers. */
	private static final int MAX_WAITING = 100;

	private final VolumeSelector selector;

	private final RetentionOperations retention;

	private final NewDumpFinder dumps;

	private final NewDumpNotifier notifier;

	private final Lease lease;

	private final GracefulShutdown shutdown;

	private final Duration groupWait;

	private final Clock clock;

	private final ThreadPoolExecutor entering = new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS,
			new ArrayBlockingQueue<>(MAX_WAITING), daemons("arrivals-"));

	private final ScheduledExecutorService notifying = Executors
		.newSingleThreadScheduledExecutor(daemons("notifying-"));

	private final AtomicBoolean isScheduled = new AtomicBoolean();

	/** When a volume may be listed again, by volume. */
	private final Map<String, Instant> next = new ConcurrentHashMap<>();

	NewDumpPoller(VolumeSelector selector, RetentionOperations retention, NewDumpFinder dumps, NewDumpNotifier notifier,
			Lease lease, GracefulShutdown shutdown, Duration groupWait, Clock clock) {
		this.selector = selector;
		this.retention = retention;
		this.dumps = dumps;
		this.notifier = notifier;
		this.lease = lease;
		this.shutdown = shutdown;
		this.groupWait = groupWait;
		this.entering.allowCoreThreadTimeOut(true);
		this.clock = clock;
	}

	/**
	 * Finds new dumps in the marker directories and notifies people of them. Directories
	 * that take long to list are listed less often. Does nothing without a robot.
	 * @return {@code false} when another process is polling
	 */
	boolean poll() {
		return alone(() -> list(this.selector.select(List.of())));
	}

	/**
	 * Polls some volumes.
	 * @return the volumes that were not listed, as they are deferred after the last
	 * listing, fail, or another process is polling
	 */
	Set<String> poll(Collection<String> volumes) {
		Set<String> putOff = new HashSet<>();
		return alone(() -> putOff.addAll(list(volumes))) ? putOff : Set.copyOf(volumes);
	}

	boolean isAnybodyThere() {
		return this.dumps.isAnybodyThere();
	}

	/**
	 * Accepts a report of a new dump. The dump is requested from the gateway soon in
	 * another thread, and reported together with others that arrive within
	 * {@code dumpkeeper.hook.group-wait}. A false report costs one request.
	 * @param volume the volume
	 * @param key the dump's key
	 * @return {@code false} when too many reports are waiting; a listing will find the
	 * dump
	 */
	public boolean onDumpReported(String volume, ObjectKey key) {
		if (!this.selector.isManaged(volume)) {
			return true;
		}
		try {
			this.entering.execute(() -> enter(volume, key));
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	private void enter(String volume, ObjectKey key) {
		try {
			if (this.dumps.enter(volume, key) && this.isScheduled.compareAndSet(false, true)) {
				this.notifying.schedule(this::notifySoon, this.groupWait.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("{}: a reported dump could not be checked: {}", SafeText.oneLine(volume),
					FailureClassifier.of(ex).message());
		}
	}

	private void notifySoon() {
		this.isScheduled.set(false);
		try {
			alone(this.notifier::notifyPeople);
		}
		catch (RuntimeException ex) {
			logger.warn("notifying people of reported dumps failed, the next poll tries again: {}",
					FailureClassifier.of(ex).message());
		}
	}

	private boolean alone(Runnable work) {
		if (!this.dumps.isAnybodyThere()) {
			return true;
		}
		Optional<Lease.Held> held = this.lease.take();
		if (held.isEmpty()) {
			return false;
		}
		this.shutdown.begin();
		try (Lease.Held lease = held.get()) {
			work.run();
		}
		catch (StoppedException ex) {
			logger.info("stopped while polling for new dumps; what was found is kept");
		}
		finally {
			this.shutdown.end();
		}
		return true;
	}

	private Set<String> list(Collection<String> volumes) {
		Set<String> putOff = new HashSet<>();
		for (String volume : volumes) {
			Instant start = this.clock.instant();
			if (start.isBefore(this.next.getOrDefault(volume, Instant.MIN)) || !list(volume, start)) {
				putOff.add(volume);
			}
		}
		this.notifier.notifyPeople();
		return putOff;
	}

	private boolean list(String volume, Instant start) {
		boolean isListed = false;
		try {
			this.retention.dumpDirectories().forEach((directory) -> this.dumps.list(volume, directory));
			isListed = true;
		}
		catch (GatewayException | UntrustedListingException ex) {
			logger.warn("{}: polling for new dumps failed: {}", volume, ex.getMessage());
		}
		Instant end = this.clock.instant();
		this.next.put(volume, end.plus(Duration.between(start, end).multipliedBy(REST)));
		return isListed;
	}

	private static CustomizableThreadFactory daemons(String prefix) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory(prefix);
		factory.setDaemon(true);
		return factory;
	}

	/** Dumps that were reported and not requested yet are found by a later listing. */
	@Override
	public void close() {
		this.entering.shutdownNow();
		this.notifying.shutdownNow();
	}

}
