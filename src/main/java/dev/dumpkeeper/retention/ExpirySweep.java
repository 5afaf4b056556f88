package dev.dumpkeeper.retention;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.retention.ExpiryItemRepository.Resolution;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.BucketLister;
import dev.dumpkeeper.scan.FileStats;
import dev.dumpkeeper.scan.UntrustedListingException;

/**
 * Deletes the items of a sealed plan, and nothing else, and records the outcome of each.
 */
final class ExpirySweep {

	private static final Logger logger = LoggerFactory.getLogger(ExpirySweep.class);

	private final DumpGateway gateway;

	private final SweepJournal.Records records;

	private final KeepMarkers markers;

	private final RetentionPolicy policy;

	private final RetentionLedger ledger;

	private final BucketLister lister;

	private final FileStats stats;

	private final ParallelBatches.Workers workers;

	private final StopSignal stop;

	ExpirySweep(DumpGateway gateway, SweepJournal.Records records, KeepMarkers markers, RetentionPolicy policy,
			RetentionLedger ledger, BucketLister lister, FileStats stats, ParallelBatches.Workers workers,
			StopSignal stop) {
		this.gateway = gateway;
		this.records = records;
		this.markers = markers;
		this.policy = policy;
		this.ledger = ledger;
		this.lister = lister;
		this.stats = stats;
		this.workers = workers;
		this.stop = stop;
	}

	/**
	 * Sweeps one volume. A failing gateway ends it early, as a recorded outcome; items
	 * that have no outcome then are planned anew by the next pass.
	 */
	void sweep(Run run, String volume) {
		SweepJournal journal = this.records.open(run, volume);
		String failure = execute(journal);
		this.ledger.expired(volume, journal.deleted(), journal.volumePlan().planId(), journal.now());
		journal.end(failure);
	}

	private @Nullable String execute(SweepJournal journal) {
		try {
			DumpBucket bucket = this.gateway.volume(journal.volume());
			VolumeSweep sweep = new VolumeSweep(journal, bucket, this.markers, this.ledger, this.workers,
					this.gateway.pathTrust(journal.volume()),
					this.stats.forVolume(journal.run(), journal.volume()).orElse(null), this.stop);
			if (journal.volumePlan().candidates() > 0) {
				journal.keeps(bucket.versioning());
			}
			keep(journal);
			sweep.recheckListing(this.lister, this.policy.directories());
			sweep.deleteObjects();
			removeEmptyDirectories(journal, bucket);
			return null;
		}
		catch (GatewayException | UntrustedListingException ex) {
			this.stop.check();
			logger.warn("{}: the sweep ended early: {}", journal.volume(), ex.getMessage());
			return ex.getMessage();
		}
	}

	/**
	 * Drops candidates that became protected since planning: an approved plan may be
	 * swept days later.
	 */
	private void keep(SweepJournal journal) {
		ExpiryBlockers blockers = this.ledger.blockers(journal.volume(), journal.now());
		Iterator<ExpiryItem> planned = blockers.isEmpty() ? Collections.emptyIterator() : journal.unresolved();
		List<Resolution> kept = new ArrayList<>();
		while (planned.hasNext()) {
			ExpiryItem item = planned.next();
			blockers.reasonToKeep(item).ifPresent((reason) -> kept.add(BatchCheck.kept(item, reason)));
		}
		journal.resolve(kept);
	}

	/** Empty directories stay where paths are not known. */
	private void removeEmptyDirectories(SweepJournal journal, DumpBucket bucket) {
		if (this.gateway.pathTrust(journal.volume()) == PathTrust.UNKNOWN) {
			return;
		}
		EmptyDirectories empty = new EmptyDirectories(bucket, this.policy, this.workers.retry(), this.stop);
		journal.resolve(empty.removePlanned(journal.unresolved()));
		empty.removeAround(journal.deleted());
	}

}
