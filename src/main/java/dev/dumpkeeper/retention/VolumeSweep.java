package dev.dumpkeeper.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.BulkAnswer;
import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.retention.ExpiryItemRepository.Resolution;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.StoppedException;
import dev.dumpkeeper.scan.BucketLister;
import dev.dumpkeeper.scan.FileLooks.FileLook;

/**
 * One volume being swept: looks again, deletes in a few parallel batches, verifies, and
 * tidies the directories that were left empty.
 */
final class VolumeSweep {

	/** So many refusals in one directory, and it is taken to be the directory's fault. */
	private static final int PATIENCE = 20;

	/** So few objects are verified one by one even where a sample would do. */
	private static final int FEW = 20;

	/**
	 * So few keys in one call are looked at and deleted within a tenth of a second, which
	 * leaves little time to put a link in place.
	 */
	private static final int SHORT = 20;

	private final Run run;

	private final VolumePlan part;

	private final DumpBucket bucket;

	private final ExpiryItemRepository items;

	private final Quarantine quarantine;

	private final KeepMarkers markers;

	private final RetentionPolicy policy;

	private final DumpLedger ledger;

	private final ExecutorService workers;

	private final int parallelBatches;

	private final Progress progress;

	private final StopSignal stop;

	private final Clock clock;

	private final PreDeleteCheck check;

	private final @Nullable FileLook metadata;

	private final BatchCheck batchCheck;

	private final BatchSize batchSize = new BatchSize();

	private final Map<String, Integer> refusals = new ConcurrentHashMap<>();

	private String bulkDirectory = "";

	private boolean bulkAllowed;

	private final PathTrust paths;

	/**
	 * Whether the gateway resolves a directory once for all its keys in a bulk delete, as
	 * JuiceFS 1.4 does. Earlier ones resolve key by key, so that somebody who swaps the
	 * directory for a link in the midst of a call has the rest of its keys deleted
	 * elsewhere.
	 */
	private volatile boolean resolvesOnce;

	/**
	 * Whether the directory's marker is missing, so that it must not be emptied in one
	 * go.
	 */
	private boolean careful;

	VolumeSweep(Run run, VolumePlan part, DumpBucket bucket, ExpiryItemRepository items, Quarantine quarantine,
			KeepMarkers markers, RetentionPolicy policy, DumpLedger ledger, ExecutorService workers,
			int parallelBatches, PathTrust paths, @Nullable FileLook metadata, Progress progress, StopSignal stop,
			Clock clock) {
		this.run = run;
		this.part = part;
		this.bucket = bucket;
		this.items = items;
		this.quarantine = quarantine;
		this.markers = markers;
		this.policy = policy;
		this.ledger = ledger;
		this.workers = workers;
		this.parallelBatches = parallelBatches;
		this.paths = paths;
		this.progress = progress;
		this.stop = stop;
		this.clock = clock;
		this.check = new PreDeleteCheck(bucket, clock);
		this.metadata = metadata;
		this.batchCheck = new BatchCheck(bucket, this.check, metadata, stop);
		this.careful = markers.isMissing(run, part.volume());
	}

	/**
	 * Keeps what the ledger has something against by now: a plan may be swept days after
	 * it was made, by somebody's approval.
	 */
	void keep(ExpiryBlockers blockers) {
		Iterator<ExpiryItem> planned = blockers.isEmpty() ? Collections.emptyIterator()
				: this.items.unresolved(this.part.key());
		List<Resolution> kept = new ArrayList<>();
		while (planned.hasNext()) {
			ExpiryItem item = planned.next();
			blockers.reasonToKeep(item).ifPresent((reason) -> kept.add(BatchCheck.kept(item, reason)));
		}
		this.items.resolve(this.part.key(), kept, now());
	}

	/**
	 * Lists the retention directories once more, where that is the cheaper look. The
	 * metadata is asked right before each batch and needs no second listing.
	 */
	void look(BucketLister lister) {
		if (this.metadata == null && this.paths != PathTrust.UNKNOWN
				&& PreDeleteCheck.isListingCheaper(this.part.candidates(), this.part.retainedObjects())) {
			List<ExpiryItem> changed = this.check.list(lister, this.policy.directories(),
					this.items.unresolved(this.part.key()));
			this.items.resolve(this.part.key(), changed.stream().map(BatchCheck::changed).toList(), now());
		}
	}

	/** Deletes every unresolved object of the plan. */
	void deleteObjects() {
		Iterator<ExpiryItem> unresolved = this.items.unresolved(this.part.key());
		List<Future<?>> underWay = new ArrayList<>();
		try {
			long left = this.part.candidates();
			boolean bulk = true;
			List<ExpiryItem> batch = new ArrayList<>();
			while (unresolved.hasNext()) {
				ExpiryItem item = unresolved.next();
				if (item.isDirectory()) {
					continue;
				}
				boolean itemInBulk = isBulk(item);
				if (!batch.isEmpty() && (batch.size() >= limit(left) || itemInBulk != bulk)) {
					left -= batch.size();
					submit(batch, bulk, underWay);
					batch = new ArrayList<>();
				}
				bulk = itemInBulk;
				batch.add(item);
			}
			submit(batch, bulk, underWay);
			await(underWay, 0);
		}
		finally {
			underWay.forEach((future) -> waitFor(future));
		}
	}

	/**
	 * While the marker is missing, never empty the directory in one go: the gateway would
	 * remove it with its last object. What was freed may make room for the marker.
	 */
	private int limit(long left) {
		int size = this.batchSize.next();
		if (this.paths != PathTrust.TRUSTED && !this.resolvesOnce || this.paths == PathTrust.UNKNOWN) {
			size = Math.min(size, SHORT);
		}
		return this.careful ? (int) Math.max(1, Math.min(size, left / 2)) : size;
	}

	private boolean isBulk(ExpiryItem item) {
		String directory = item.key().directory();
		if (!directory.equals(this.bulkDirectory)) {
			this.bulkDirectory = directory;
			this.bulkAllowed = this.bucket.mayDeleteInBulk(directory);
		}
		// XML 1.0 cannot carry control characters, and turns a CR into another key's LF.
		return this.bulkAllowed && item.key().value().chars().noneMatch((c) -> c < 0x20 || c == 0x7F || c >= 0xFFFE);
	}

	private void submit(List<ExpiryItem> batch, boolean bulk, List<Future<?>> underWay) {
		if (batch.isEmpty()) {
			return;
		}
		await(underWay, this.careful ? 0 : this.parallelBatches - 1);
		underWay.add(this.workers.submit(() -> delete(batch, bulk)));
		if (this.careful) {
			await(underWay, 0);
			this.markers.retry(this.run, this.part.volume());
			this.careful = this.markers.isMissing(this.run, this.part.volume());
		}
	}

	/**
	 * Waits until no more than so many batches are under way, and fails if one failed.
	 */
	private void await(List<Future<?>> underWay, int allowed) {
		while (underWay.size() > allowed) {
			RuntimeException failure = waitFor(underWay.remove(0));
			if (failure != null) {
				throw failure;
			}
		}
		this.stop.check();
	}

	private static @Nullable RuntimeException waitFor(Future<?> future) {
		try {
			future.get();
			return null;
		}
		catch (ExecutionException ex) {
			return (ex.getCause() instanceof RuntimeException failure) ? failure
					: new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new StoppedException();
		}
	}

	private void delete(List<ExpiryItem> batch, boolean bulk) {
		this.stop.check();
		List<ExpiryItem> due = lookAgain(batch);
		if (due.isEmpty()) {
			return;
		}
		int first = batch.get(0).seq();
		int last = batch.get(batch.size() - 1).seq();
		this.items.resolveRange(this.part.key(), first, last, null, Outcome.SENT, now());
		if (bulk && due.size() > 1) {
			deleteInBulk(due, first, last);
		}
		else {
			resolve(due.stream().map(this::deleteSingly).toList());
		}
		this.progress.add("deleted", this.part.volume(), due.size());
	}

	/** Keeps what is due, and records what changed or is gone. */
	private List<ExpiryItem> lookAgain(List<ExpiryItem> batch) {
		List<ExpiryItem> due = new ArrayList<>(batch.size());
		resolve(this.batchCheck.part(batch, this.ledger.heldIn(this.part.volume(), now()), due));
		return due;
	}

	private void deleteInBulk(List<ExpiryItem> due, int first, int last) {
		Instant start = now();
		BulkAnswer answer;
		try {
			answer = this.bucket.deleteAll(due.stream().map(ExpiryItem::key).toList());
		}
		catch (GatewayException ex) {
			if (ex.kind() != Kind.REJECTED) {
				throw ex;
			}
			resolve(due.stream().map(this::deleteSingly).toList());
			return;
		}
		this.batchSize.recordLatency(due.size(), Duration.between(start, now()));
		this.resolvesOnce = !answer.named();
		FileLook look = this.metadata;
		resolve((look != null) ? verifyEach(due, look) : verify(due, answer));
		this.items.resolveRange(this.part.key(), first, last, Outcome.SENT,
				(answer.named() && look == null) ? Outcome.ASKED : Outcome.GONE, now());
	}

	/** Finds every key that did not go, whatever the gateway said of it. */
	private List<Resolution> verifyEach(List<ExpiryItem> due, FileLook look) {
		Map<ObjectKey, ObjectEntry> left = look.at(due.stream().map(ExpiryItem::key).toList());
		List<Resolution> resolutions = new ArrayList<>();
		for (ExpiryItem item : due) {
			ObjectEntry file = left.get(item.key());
			if (file != null) {
				resolutions.add(item.is(file) ? deleteSingly(item) : BatchCheck.changed(item));
			}
		}
		return resolutions;
	}

	/**
	 * Finds what did not go. One HEAD in each directory tells where its keys go together
	 * (JuiceFS 1.4 names no keys); otherwise it is a sample, and refusals name the rest.
	 */
	private List<Resolution> verify(List<ExpiryItem> due, BulkAnswer answer) {
		Set<String> refused = answer.refusals().stream().map(BulkAnswer.Refusal::name).collect(Collectors.toSet());
		Map<String, List<ExpiryItem>> directories = due.stream()
			.collect(Collectors.groupingBy((item) -> item.key().directory(), LinkedHashMap::new, Collectors.toList()));
		List<Resolution> resolutions = new ArrayList<>();
		for (List<ExpiryItem> siblings : directories.values()) {
			ExpiryItem sample = siblings.get(siblings.size() - 1);
			if (this.bucket.stat(sample.key()).isPresent()) {
				siblings.forEach((item) -> resolutions.add(retrySingly(item)));
			}
			else if (answer.named()) {
				resolutions.add(new Resolution(sample, Outcome.GONE, null));
				siblings.stream()
					.filter((item) -> item != sample
							&& (siblings.size() <= FEW || refused.contains(item.key().value())))
					.forEach((item) -> resolutions.add(retrySingly(item)));
			}
		}
		return resolutions;
	}

	private Resolution retrySingly(ExpiryItem item) {
		Optional<ObjectEntry> left = this.bucket.stat(item.key());
		if (left.isEmpty()) {
			return new Resolution(item, Outcome.GONE, null);
		}
		return left.get().isUnchangedSince(item.size(), item.lastModified()) ? deleteSingly(item)
				: BatchCheck.changed(item);
	}

	private Resolution deleteSingly(ExpiryItem item) {
		this.stop.check();
		String directory = item.key().directory();
		if (this.refusals.getOrDefault(directory, 0) >= PATIENCE) {
			return new Resolution(item, Outcome.FAILED,
					"not tried: " + PATIENCE + " others in its directory could not be deleted");
		}
		String reason = tryToDelete(item.key());
		if (reason == null) {
			return new Resolution(item, Outcome.GONE, null);
		}
		this.refusals.merge(directory, 1, Integer::sum);
		return new Resolution(item, Outcome.FAILED, reason);
	}

	private @Nullable String tryToDelete(ObjectKey key) {
		try {
			this.bucket.delete(key);
		}
		catch (GatewayException ex) {
			if (ex.kind() == Kind.UNAVAILABLE || ex.kind() == Kind.DENIED) {
				throw ex;
			}
			return ex.getMessage();
		}
		return this.bucket.stat(key).isEmpty() ? null
				: "still there after its delete was accepted: the file or its directory may be immutable";
	}

	private void resolve(List<Resolution> resolutions) {
		this.items.resolve(this.part.key(), resolutions, now());
		resolutions.stream()
			.filter((resolution) -> resolution.outcome() == Outcome.FAILED)
			.forEach((failed) -> this.quarantine.add(this.part.volume(), failed.item().key(),
					String.valueOf(failed.detail()), this.run.id(), this.run.now()));
	}

	/** Removes empty directories; where paths are not known they stay. */
	void tidyDirectories() {
		if (this.paths == PathTrust.UNKNOWN) {
			return;
		}
		EmptyDirectories empty = new EmptyDirectories(this.bucket, this.policy, this.stop);
		this.items.resolve(this.part.key(), empty.removePlanned(this.items.unresolved(this.part.key())), now());
		empty.removeAround(this.items.deleted(this.part.key()));
	}

	private Instant now() {
		return this.clock.instant();
	}

}
