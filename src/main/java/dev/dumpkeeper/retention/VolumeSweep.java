package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.BulkAnswer;
import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.retention.ExpiryItemRepository.Resolution;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.BucketLister;
import dev.dumpkeeper.scan.FileStats.FileStat;

/**
 * Sweeps the files of one volume: checks them again, deletes them in a few parallel
 * batches, and verifies.
 */
final class VolumeSweep {

	/**
	 * This many keys are checked and deleted in one call within a tenth of a second,
	 * which leaves little time to replace a file by a link or another file.
	 */
	private static final int SHORT = 20;

	private final SweepJournal journal;

	private final DumpBucket bucket;

	private final KeepMarkers markers;

	private final RetentionLedger ledger;

	private final ParallelBatches.Workers workers;

	private final PathTrust paths;

	private final StopSignal stop;

	private final PreDeleteCheck check;

	private final MetadataCheck metadata;

	private final BatchCheck batchCheck;

	private final SingleDeletes singleDeletes;

	private final DeleteVerifier verifier;

	private final BatchSize batchSize = new BatchSize();

	private String bulkDirectory = "";

	private boolean bulkAllowed;

	/**
	 * Whether the gateway resolves a directory once for all its keys in a bulk delete, as
	 * JuiceFS 1.4 does. Earlier versions resolve key by key, so that somebody who
	 * replaces the directory by a link during a call gets the rest of its keys deleted
	 * elsewhere.
	 */
	private volatile boolean resolvesOnce;

	/**
	 * Whether the directory's marker is missing, so that it must not be emptied at once.
	 */
	private boolean careful;

	VolumeSweep(SweepJournal journal, DumpBucket bucket, KeepMarkers markers, RetentionLedger ledger,
			ParallelBatches.Workers workers, PathTrust paths, @Nullable FileStat stat, StopSignal stop) {
		this.journal = journal;
		this.bucket = bucket;
		this.markers = markers;
		this.ledger = ledger;
		this.workers = workers;
		this.paths = paths;
		this.stop = stop;
		this.check = new PreDeleteCheck(bucket, journal::now);
		this.metadata = new MetadataCheck(journal.volume(), stat);
		this.batchCheck = new BatchCheck(bucket, this.check, this.metadata, stop);
		this.singleDeletes = new SingleDeletes(bucket, stop);
		this.verifier = new DeleteVerifier(bucket, this.metadata, this.singleDeletes);
		this.careful = markers.isMissing(journal.run(), journal.volume());
	}

	/**
	 * Lists the retention directories once more if that is the cheaper check. The
	 * metadata is read right before each batch and needs no second listing.
	 */
	void recheckListing(BucketLister lister, List<DirectoryPath> directories) {
		VolumePlan volumePlan = this.journal.volumePlan();
		if (!this.metadata.isUsed() && this.paths != PathTrust.UNKNOWN
				&& PreDeleteCheck.isListingCheaper(volumePlan.candidates(), volumePlan.retainedObjects())) {
			List<ExpiryItem> changed = this.check.list(lister, directories, this.journal.unresolved());
			this.journal.resolve(changed.stream().map(BatchCheck::changed).toList());
		}
	}

	void deleteObjects() {
		Iterator<ExpiryItem> unresolved = this.journal.unresolved();
		try (ParallelBatches batches = new ParallelBatches(this.workers, this.stop)) {
			long left = this.journal.volumePlan().candidates();
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
					submit(batch, bulk, batches);
					batch = new ArrayList<>();
				}
				bulk = itemInBulk;
				batch.add(item);
			}
			submit(batch, bulk, batches);
			batches.await();
		}
	}

	/**
	 * While the marker is missing, never empty the directory at once: the gateway would
	 * remove it with its last object. The freed space may allow the marker to be written.
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
		// XML 1.0 cannot represent control characters, and turns a CR into another key's
		// LF.
		return this.bulkAllowed && item.key().value().chars().noneMatch((c) -> c < 0x20 || c == 0x7F || c >= 0xFFFE);
	}

	private void submit(List<ExpiryItem> batch, boolean bulk, ParallelBatches batches) {
		if (batch.isEmpty()) {
			return;
		}
		if (this.careful) {
			batches.alone(() -> delete(batch, bulk));
			this.markers.retry(this.journal.run(), this.journal.volume());
			this.careful = this.markers.isMissing(this.journal.run(), this.journal.volume());
		}
		else {
			batches.submit(() -> delete(batch, bulk));
		}
	}

	/** Deletes a batch; after a lost answer, what is left of it is checked again. */
	private void delete(List<ExpiryItem> batch, boolean bulk) {
		List<ExpiryItem> left = new ArrayList<>(batch);
		this.workers.retry().invoke(() -> {
			this.stop.check();
			List<ExpiryItem> due = checkAgain(left);
			left.clear();
			left.addAll(sent(due));
			if (!due.isEmpty()) {
				send(due, bulk);
			}
		});
	}

	private void send(List<ExpiryItem> due, boolean bulk) {
		int first = due.get(0).seq();
		int last = due.get(due.size() - 1).seq();
		this.journal.sent(first, last);
		if (bulk && due.size() > 1) {
			deleteInBulk(due, first, last);
		}
		else {
			this.journal.resolve(due.stream().map(this.singleDeletes::delete).toList());
		}
		this.journal.progressed(due.size());
	}

	private static List<ExpiryItem> sent(List<ExpiryItem> due) {
		return due.stream().map(ExpiryItem::sent).toList();
	}

	/** Returns the items to delete, and records those that changed or are gone. */
	private List<ExpiryItem> checkAgain(List<ExpiryItem> batch) {
		List<ExpiryItem> due = new ArrayList<>(batch.size());
		this.journal.resolve(
				this.batchCheck.partition(batch, this.ledger.heldIn(this.journal.volume(), this.journal.now()), due));
		return due;
	}

	private void deleteInBulk(List<ExpiryItem> due, int first, int last) {
		Instant start = this.journal.now();
		BulkAnswer answer;
		try {
			answer = this.bucket.deleteAll(due.stream().map(ExpiryItem::key).toList());
		}
		catch (GatewayException ex) {
			if (ex.kind() != Kind.REJECTED) {
				throw ex;
			}
			// The deletes may have happened, if it is only their answer that cannot be
			// read.
			this.journal.resolve(checkAgain(sent(due)).stream().map(this.singleDeletes::retry).toList());
			return;
		}
		this.batchSize.recordLatency(due.size(), Duration.between(start, this.journal.now()));
		this.resolvesOnce = !answer.named();
		List<Resolution> resolutions = new ArrayList<>();
		Outcome rest = this.verifier.verify(due, answer, resolutions);
		this.journal.resolve(resolutions);
		this.journal.answered(first, last, rest);
	}

}
