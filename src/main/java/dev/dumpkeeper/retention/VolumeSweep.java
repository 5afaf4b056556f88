package dev.dumpkeeper.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.BulkAnswer;
import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.retention.ExpiryItemRepository.Resolution;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.StoppedException;
import dev.dumpkeeper.scan.BucketLister;
import dev.dumpkeeper.scan.FileStats.FileStat;

/**
 * One volume being swept: looks again, deletes in a few parallel batches, verifies, and
 * tidies the directories that were left empty.
 */
final class VolumeSweep {

	/**
	 * So few keys in one call are looked at and deleted within a tenth of a second, which
	 * leaves little time to put a link or another file in place.
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

	private final MetadataCheck metadata;

	private final BatchCheck batchCheck;

	private final SingleDeletes singleDeletes;

	private final DeleteVerifier verifier;

	private final BatchSize batchSize = new BatchSize();

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
			int parallelBatches, PathTrust paths, @Nullable FileStat stat, Progress progress, StopSignal stop,
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
		this.metadata = new MetadataCheck(part.volume(), stat);
		this.batchCheck = new BatchCheck(bucket, this.check, this.metadata, stop);
		this.singleDeletes = new SingleDeletes(bucket, stop);
		this.verifier = new DeleteVerifier(bucket, this.metadata, this.singleDeletes);
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
		if (!this.metadata.isUsed() && this.paths != PathTrust.UNKNOWN
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
				if (!batch.isEmpty() && (batch.size() >= limit(left, bulk) || itemInBulk != bulk)) {
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
	private int limit(long left, boolean bulk) {
		int size = this.batchSize.next();
		if (this.paths != PathTrust.TRUSTED && !this.resolvesOnce || this.paths == PathTrust.UNKNOWN || !bulk
				|| this.metadata.isUsed() && !this.metadata.isEnough()) {
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
		this.items.resolveRange(this.part.key(), first, last, null, Outcome.DELETE_SENT, now());
		if (bulk && due.size() > 1) {
			deleteInBulk(due, first, last);
		}
		else {
			resolve(due.stream().map(this.singleDeletes::delete).toList());
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
			resolve(due.stream().map(this.singleDeletes::delete).toList());
			return;
		}
		this.batchSize.recordLatency(due.size(), Duration.between(start, now()));
		this.resolvesOnce = !answer.named();
		List<Resolution> resolutions = new ArrayList<>();
		Outcome rest = this.verifier.verify(due, answer, resolutions);
		resolve(resolutions);
		this.items.resolveRange(this.part.key(), first, last, Outcome.DELETE_SENT, rest, now());
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
