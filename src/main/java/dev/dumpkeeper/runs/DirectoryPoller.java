package dev.dumpkeeper.runs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import dev.dumpkeeper.database.FailureClassifier;
import dev.dumpkeeper.gateway.DirectoryTimes;

/**
 * Polls JuiceFS's metadata every few seconds for changed directories, so that a new dump
 * is reported within seconds, without a hook and without a listing of unchanged
 * directories.
 */
final class DirectoryPoller implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(DirectoryPoller.class);

	static final Duration EVERY = Duration.ofSeconds(3);

	/**
	 * How long a changed volume is polled: a gateway shows changes late because of its
	 * cache, and JuiceFS gives the same time to two changes within a tenth of a second.
	 */
	static final Duration GO_ON = Duration.ofSeconds(10);

	private final DirectoryTimes directories;

	private final Supplier<List<String>> volumes;

	private final List<String> names;

	private final Supplier<Set<String>> unfinished;

	private final UnaryOperator<Set<String>> poll;

	private final Clock clock;

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(daemons());

	/** Until when a volume is polled, by volume. */
	private final Map<String, Instant> until = new HashMap<>();

	/** The volumes that the last poll deferred. */
	private Set<String> putOff = Set.of();

	private boolean wasWarned;

	/**
	 * Creates a poller that is not started.
	 * @param volumes the managed volumes
	 * @param names the directories in which dumps appear
	 * @param unfinished volumes in which a dump is being written
	 * @param poll polls volumes, and returns those that were deferred
	 */
	DirectoryPoller(DirectoryTimes directories, Supplier<List<String>> volumes, List<String> names,
			Supplier<Set<String>> unfinished, UnaryOperator<Set<String>> poll, Clock clock) {
		this.directories = directories;
		this.volumes = volumes;
		this.names = names;
		this.unfinished = unfinished;
		this.poll = poll;
		this.clock = clock;
	}

	void start() {
		this.thread.scheduleWithFixedDelay(this::poll, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** Polls volumes with a change and those in which a dump is being written. */
	void poll() {
		try {
			Instant now = this.clock.instant();
			List<String> all = this.volumes.get();
			this.directories.changed(all, this.names).forEach((volume) -> this.until.put(volume, now.plus(GO_ON)));
			this.wasWarned = false;
			this.until.entrySet()
				.removeIf((volume) -> !now.isBefore(volume.getValue()) && !this.putOff.contains(volume.getKey()));
			Set<String> wanted = new HashSet<>(this.unfinished.get());
			wanted.retainAll(all);
			wanted.addAll(this.until.keySet());
			// A change is not lost, however long it takes until its volume is listed.
			this.putOff = wanted;
			this.putOff = wanted.isEmpty() ? wanted : this.poll.apply(wanted);
			this.putOff.forEach((volume) -> this.until.putIfAbsent(volume, now));
		}
		catch (RuntimeException ex) {
			if (!this.wasWarned) {
				logger.warn("JuiceFS's metadata does not show new dumps for now; the poll each minute does: {}",
						FailureClassifier.of(ex).message());
			}
			this.wasWarned = true;
		}
	}

	private static CustomizableThreadFactory daemons() {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("metadata-poll-");
		factory.setDaemon(true);
		return factory;
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
	}

}
