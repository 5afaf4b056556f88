package dev.dumpkeeper.retention;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.BucketLister;
import dev.dumpkeeper.scan.FileStats;
import dev.dumpkeeper.scan.ObjectClassifier;
import dev.dumpkeeper.scan.UntrustedListingException;

/**
 * Deletes what a sealed plan names, and nothing else, and records what became of each
 * item.
 */
final class ExpirySweep {

	private static final Logger logger = LoggerFactory.getLogger(ExpirySweep.class);

	private static final int LEDGER_BATCH = 1000;

	private final DumpGateway gateway;

	private final ExpiryPlans plans;

	private final VolumePlanRepository parts;

	private final ExpiryItemRepository items;

	private final Quarantine quarantine;

	private final KeepMarkers markers;

	private final RetentionPolicy policy;

	private final DumpLedger ledger;

	private final ObjectClassifier classifier;

	private final BucketLister lister;

	private final FileStats stats;

	private final ExecutorService workers;

	private final int parallelBatches;

	private final Progress progress;

	private final StopSignal stop;

	private final Clock clock;

	ExpirySweep(DumpGateway gateway, ExpiryPlans plans, VolumePlanRepository parts, ExpiryItemRepository items,
			Quarantine quarantine, KeepMarkers markers, RetentionPolicy policy, DumpLedger ledger,
			ObjectClassifier classifier, BucketLister lister, FileStats stats, ExecutorService workers,
			int parallelBatches, Progress progress, StopSignal stop, Clock clock) {
		this.gateway = gateway;
		this.plans = plans;
		this.parts = parts;
		this.items = items;
		this.quarantine = quarantine;
		this.markers = markers;
		this.policy = policy;
		this.ledger = ledger;
		this.classifier = classifier;
		this.lister = lister;
		this.stats = stats;
		this.workers = workers;
		this.parallelBatches = parallelBatches;
		this.progress = progress;
		this.stop = stop;
		this.clock = clock;
	}

	/**
	 * Sweeps one volume. A failing gateway ends it early, as a recorded outcome; what has
	 * no outcome then is planned anew by the next pass.
	 */
	void sweep(Run run, String volume) {
		ExpiryPlan plan = this.plans.findByRun(run).orElseThrow();
		VolumePlan part = this.parts.findByPlanIdAndVolume(plan.number(), volume).orElseThrow();
		String failure = execute(run, part);
		this.quarantine.release(volume, part.key());
		tellLedger(plan, part);
		Map<Outcome, ExpiryItemRepository.Tally> tally = this.items.tally(part.key());
		long deleted = count(tally, Outcome.DELETED) + count(tally, Outcome.DELETE_ACCEPTED);
		long lost = count(tally, Outcome.DELETE_SENT);
		// Where the answer was lost the object may be gone, which must not look like a
		// loss of keys.
		this.parts.save(part.swept(this.clock.instant(), deleted + lost, failure));
		logger.info("{}: expired {} of {} objects{}", volume, deleted, part.candidateObjects(),
				(lost > 0) ? ", and the answer for " + lost + " more was lost" : "");
	}

	private void tellLedger(ExpiryPlan plan, VolumePlan part) {
		Iterator<ExpiryItem> deleted = this.items.deleted(part.key());
		List<ObjectKey> keys = new ArrayList<>();
		while (deleted.hasNext()) {
			keys.add(deleted.next().key());
			if (keys.size() == LEDGER_BATCH || !deleted.hasNext()) {
				this.ledger.expired(part.volume(), keys, plan.number(), this.clock.instant());
				keys.clear();
			}
		}
	}

	private static long count(Map<Outcome, ExpiryItemRepository.Tally> tally, Outcome outcome) {
		return tally.getOrDefault(outcome, ExpiryItemRepository.Tally.NONE).objects();
	}

	private @Nullable String execute(Run run, VolumePlan part) {
		try {
			VolumeSweep sweep = new VolumeSweep(run, part, this.gateway.volume(part.volume()), this.items,
					this.quarantine, this.markers, this.policy, this.ledger, this.workers, this.parallelBatches,
					this.gateway.pathTrust(), this.stats.forVolume(run, part.volume()).orElse(null), this.progress,
					this.stop, this.clock);
			sweep.keep(this.policy.protection(this.ledger, this.classifier, part.volume(), this.clock.instant()));
			sweep.look(this.lister);
			sweep.deleteObjects();
			sweep.tidyDirectories();
			return null;
		}
		catch (GatewayException | UntrustedListingException ex) {
			this.stop.check();
			logger.warn("{}: the sweep ended early: {}", part.volume(), ex.getMessage());
			return ex.getMessage();
		}
	}

}
