package dev.dumpkeeper.retention;

import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.Versioning;
import dev.dumpkeeper.retention.ExpiryItemRepository.Resolution;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StoppedException;

/**
 * Records the outcomes of one volume plan during its sweep, so that an interrupted sweep
 * can be continued and nothing is counted twice.
 */
final class SweepJournal {

	private static final Logger logger = LoggerFactory.getLogger(SweepJournal.class);

	private final Records records;

	private final Run run;

	private final VolumePlan volumePlan;

	private @Nullable Versioning versioning;

	private SweepJournal(Records records, Run run, VolumePlan volumePlan) {
		this.records = records;
		this.run = run;
		this.volumePlan = volumePlan;
		this.versioning = volumePlan.versioning();
	}

	Run run() {
		return this.run;
	}

	VolumePlan volumePlan() {
		return this.volumePlan;
	}

	String volume() {
		return this.volumePlan.volume();
	}

	Instant now() {
		return this.records.clock.instant();
	}

	/** Records what the store keeps of what is deleted, which decides what is freed. */
	void keeps(Versioning found) {
		this.versioning = found;
	}

	Iterator<ExpiryItem> unresolved() {
		return this.records.items.unresolved(this.volumePlan.key());
	}

	Iterator<ExpiryItem> deleted() {
		return this.records.items.deleted(this.volumePlan.key());
	}

	/** Records outcomes; files that could not be deleted are quarantined. */
	void resolve(List<Resolution> resolutions) {
		this.records.items.resolve(this.volumePlan.key(), resolutions, now());
		resolutions.stream()
			.filter((resolution) -> resolution.outcome() == Outcome.FAILED)
			.forEach((failed) -> this.records.quarantine.add(volume(), failed.item().key(),
					String.valueOf(failed.detail()), this.run.id(), this.run.now()));
	}

	/**
	 * Marks the items of a range without an outcome as about to be deleted.
	 * @throws StoppedException when another process has this sweep now
	 */
	void sent(int first, int last) {
		if (!this.records.items.send(this.volumePlan.key(), this.volumePlan.fence(), first, last, now())) {
			logger.warn("{}: another process has this sweep now; this one stops", volume());
			throw new StoppedException();
		}
	}

	/** Sets the outcome of the items of a range that were sent and have no other one. */
	void answered(int first, int last, Outcome outcome) {
		this.records.items.answer(this.volumePlan.key(), first, last, outcome, now());
	}

	/** Counts deletes that were sent, whatever their outcome. */
	void progressed(int count) {
		this.records.progress.add("deleted", volume(), count);
	}

	/**
	 * Ends the sweep of the volume.
	 * @param failure why it ended early, or {@code null}
	 */
	void end(@Nullable String failure) {
		this.records.quarantine.release(volume(), this.volumePlan.key());
		Map<Outcome, ExpiryItemRepository.Tally> tally = this.records.items.tally(this.volumePlan.key());
		long deleted = count(tally, Outcome.DELETED) + count(tally, Outcome.DELETE_ACCEPTED);
		long lost = count(tally, Outcome.DELETE_SENT);
		// An object whose answer was lost may be gone, which must not look like a loss of
		// keys.
		this.records.volumePlans.save(this.volumePlan.swept(now(), deleted + lost, failure, this.versioning));
		logger.info("{}: expired {} of {} objects{}", volume(), deleted, this.volumePlan.candidateObjects(),
				(lost > 0) ? ", and the answer for " + lost + " more was lost" : "");
	}

	private static long count(Map<Outcome, ExpiryItemRepository.Tally> tally, Outcome outcome) {
		return tally.getOrDefault(outcome, ExpiryItemRepository.Tally.NONE).objects();
	}

	record Records(ExpiryPlans plans, VolumePlanRepository volumePlans, ExpiryItemRepository items,
			Quarantine quarantine, Progress progress, Clock clock) {

		/**
		 * Opens the journal of a volume in the plan that a run sweeps. Whoever had it
		 * open before can send no more deletes.
		 * @throws java.util.NoSuchElementException when there is no such plan
		 */
		SweepJournal open(Run run, String volume) {
			ExpiryPlan plan = this.plans.findByRun(run).orElseThrow();
			VolumePlan volumePlan = this.volumePlans.findByPlanIdAndVolume(plan.number(), volume).orElseThrow();
			return new SweepJournal(this, run, this.volumePlans.save(volumePlan));
		}

	}

}
