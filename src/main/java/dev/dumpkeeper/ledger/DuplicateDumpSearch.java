package dev.dumpkeeper.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.gateway.VolumeName;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.scan.BucketLister;
import dev.dumpkeeper.scan.DuplicateFileDetector;

/**
 * Compares dumps with every key of the gateway, including volumes that are not managed,
 * and marks those with a duplicate key: {@link DuplicateDumps} itself knows only the keys
 * of the ledger. Does nothing where paths are known or trusted.
 */
final class DuplicateDumpSearch implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(DuplicateDumpSearch.class);

	private static final int PAGE = 1000;

	/**
	 * The number of newest dumps that are compared, with 17 MB of memory. Older ones keep
	 * their marks.
	 */
	private static final int MOST = 1_000_000;

	/** How long a caller waits for the comparison of new dumps. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/**
	 * The pause between comparisons of new dumps, as a multiple of how long the last one
	 * took.
	 */
	private static final int REST = 9;

	private final JdbcTemplate jdbc;

	private final DumpGateway gateway;

	private final BucketLister lister;

	private final Progress progress;

	private final Clock clock;

	private final ThreadPoolExecutor comparing = new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), daemons());

	private Future<?> comparison = CompletableFuture.completedFuture(null);

	/** Written by the comparison, read by the thread that starts the next one. */
	private volatile Instant next = Instant.MIN;

	DuplicateDumpSearch(JdbcTemplate jdbc, DumpGateway gateway, BucketLister lister, Progress progress, Clock clock) {
		this.jdbc = jdbc;
		this.gateway = gateway;
		this.lister = lister;
		this.progress = progress;
		this.clock = clock;
		this.comparing.allowCoreThreadTimeOut(true);
	}

	/**
	 * Lists all volumes, marks the dumps with a duplicate key, and removes the mark from
	 * those that no longer have one. Changes nothing when a volume cannot be listed.
	 * @throws dev.dumpkeeper.run.StoppedException when a stop was requested
	 */
	void mark() {
		mark("");
	}

	/**
	 * Compares new dumps, so that they can be read before the next pass. A long
	 * comparison continues in the background. It takes at most a tenth of the time, so
	 * that a steady stream of new dumps does not keep the gateway listing. Whatever it
	 * does not reach is left to a later call.
	 */
	synchronized void markNew() {
		if (this.gateway.pathTrust() != PathTrust.UNKNOWN) {
			return;
		}
		if (this.comparison.isDone() && !this.clock.instant().isBefore(this.next) && isAnyNew()) {
			this.comparison = this.comparing.submit(this::compareNew);
		}
		try {
			this.comparison.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			logger.info("comparing new dumps with all keys of the gateway takes time; they are read afterwards");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			logger.warn("new dumps could not be compared with all keys of the gateway, and are not read yet: {}",
					ex.getMessage());
		}
	}

	private void compareNew() {
		Instant start = this.clock.instant();
		try {
			mark(" AND compared = FALSE");
		}
		finally {
			Instant end = this.clock.instant();
			this.next = end.plus(Duration.between(start, end).multipliedBy(REST));
		}
	}

	private boolean isAnyNew() {
		return !this.jdbc
			.queryForList("SELECT id FROM dump WHERE triage_due = TRUE AND compared = FALSE AND size > 0 LIMIT 1",
					Long.class)
			.isEmpty();
	}

	private void mark(String which) {
		if (this.gateway.pathTrust() == PathTrust.UNKNOWN) {
			DuplicateFileDetector.volumes(this.gateway)
				.forEach((name, volumes) -> DuplicateFileDetector
					.of(files(which, name), volumes, this.gateway, this.lister, this.progress)
					.ifPresent((detector) -> mark(which, name, detector)));
		}
	}

	private DuplicateFileDetector.Files files(String which, String gateway) {
		DuplicateFileDetector.Files files = new DuplicateFileDetector.Files();
		forEach(which, gateway, (dump) -> files.add(dump.volume(), dump.key(), dump.size(), dump.written()));
		return files;
	}

	private void mark(String which, String gateway, DuplicateFileDetector detector) {
		int[] marked = new int[1];
		forEach(which, gateway, (dump) -> {
			boolean twice = detector.isTwice(dump.fingerprint());
			marked[0] += twice ? 1 : 0;
			// A dump that was written after its volume was listed, or was absent
			// meanwhile, was not compared.
			boolean compared = detector.isSeen(dump.fingerprint());
			if (twice != dump.isMarked() || compared != dump.isCompared()) {
				this.jdbc.update(
						"UPDATE dump SET has_duplicate = ?, compared = ? WHERE id = ? AND size = ? AND last_modified = ?",
						twice, compared, dump.id(), dump.size(), dump.lastModified());
			}
		});
		if (marked[0] > 0) {
			logger.warn(
					"{} dumps are neither read nor offered for download, since a second key shows the same file and one of the"
							+ " two may be a link; set dumpkeeper.metadata.url to know which",
					marked[0]);
		}
	}

	/** Newest first, in pages by number, so that no result set stays open. */
	private void forEach(String which, String gateway, Consumer<Known> each) {
		List<Known> page = List.of();
		int count = 0;
		do {
			long before = page.isEmpty() ? Long.MAX_VALUE : page.get(page.size() - 1).id();
			page = this.jdbc.query(
					"SELECT id, volume, object_key, size, last_modified, has_duplicate, compared FROM dump"
							+ " WHERE present = TRUE AND size > 0 AND id < ?" + which + " ORDER BY id DESC LIMIT ?",
					(row, number) -> new Known(row.getLong(1), row.getString(2), DumpRepository.key(row, 3),
							row.getLong(4), row.getLong(5), row.getBoolean(6), row.getBoolean(7)),
					before, PAGE);
			page.stream().filter((dump) -> VolumeName.parse(dump.volume()).gateway().equals(gateway)).forEach(each);
			count += page.size();
		}
		while (page.size() == PAGE && count < MOST);
	}

	private static CustomizableThreadFactory daemons() {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("comparing-");
		factory.setDaemon(true);
		return factory;
	}

	/** Dumps that were not compared are compared by the next pass. */
	@Override
	public void close() {
		this.comparing.shutdownNow();
	}

	private record Known(long id, String volume, String key, long size, long lastModified, boolean isMarked,
			boolean isCompared) {

		Instant written() {
			return Instant.ofEpochMilli(this.lastModified);
		}

		long fingerprint() {
			return DuplicateFileDetector.fingerprint(this.size, written());
		}

	}

}
