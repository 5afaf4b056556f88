package dev.dumpkeeper.retention;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.FutureDump;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.CompanionMatcher;
import dev.dumpkeeper.scan.ScanObserver;
import dev.dumpkeeper.scan.ScanVisitor;
import dev.dumpkeeper.scan.ScannedObject;
import dev.dumpkeeper.scan.ScannedObject.Kind;
import dev.dumpkeeper.scan.VolumeScan;

/**
 * Adds expiring objects to the run's open plan during the scan, and determines the
 * outcomes of earlier deletes that could not be verified.
 */
final class ExpiryPlanner implements ScanObserver {

	private static final int BATCH = 1000;

	private final ExpiryPlans plans;

	private final VolumePlanRepository volumePlans;

	private final ExpiryItemRepository items;

	private final Quarantine quarantine;

	private final RetentionPolicy policy;

	private final RetentionLedger ledger;

	private final Clock clock;

	ExpiryPlanner(ExpiryPlans plans, VolumePlanRepository volumePlans, ExpiryItemRepository items,
			Quarantine quarantine, RetentionPolicy policy, RetentionLedger ledger, Clock clock) {
		this.plans = plans;
		this.volumePlans = volumePlans;
		this.items = items;
		this.quarantine = quarantine;
		this.policy = policy;
		this.ledger = ledger;
		this.clock = clock;
	}

	@Override
	public Optional<ScanVisitor> join(Run run, String volume) {
		return this.plans.findByRun(run)
			.filter((plan) -> plan.state() == ExpiryPlan.State.OPEN)
			.map((plan) -> new Visitor(run, volume, fresh(plan, volume)));
	}

	private VolumePlan fresh(ExpiryPlan plan, String volume) {
		this.volumePlans.findByPlanIdAndVolume(plan.number(), volume).ifPresent((volumePlan) -> {
			this.items.delete(volumePlan.key());
			this.volumePlans.delete(volumePlan);
		});
		return this.volumePlans.save(VolumePlan.open(plan.number(), volume));
	}

	private final class Visitor implements ScanVisitor {

		private final Run run;

		private final VolumePlan volumePlan;

		private final List<ExpiryItem> batch = new ArrayList<>(BATCH);

		private final List<Unproven> unproven;

		/** Whether each dump that may still have companions expires. */
		private final CompanionMatcher<Boolean> open = new CompanionMatcher<>((due) -> {
		});

		private final Iterator<FutureDump> future;

		private @Nullable FutureDump nextFuture;

		private int seq;

		private long candidates;

		private final RetentionPolicy policy;

		private long retained;

		private long candidateObjects;

		private long candidateBytes;

		private long futureObjects;

		/** Objects that may be links to others and so stay. */
		private long foreignObjects;

		private long foreignBytes;

		Visitor(Run run, String volume, VolumePlan volumePlan) {
			this.run = run;
			this.volumePlan = volumePlan;
			this.policy = ExpiryPlanner.this.policy.in(volume);
			this.future = ExpiryPlanner.this.ledger.fromTheFuture(volume, run.now());
			this.nextFuture = this.future.hasNext() ? this.future.next() : null;
			this.unproven = ExpiryPlanner.this.volumePlans.findUnconfirmed(volume, run.id())
				.stream()
				.map(Unproven::new)
				.toList();
		}

		@Override
		public void visit(ScannedObject object) {
			this.unproven.forEach((earlier) -> earlier.visit(object));
			this.open.pass(object.name());
			if (this.policy.isRetained(object.name())) {
				this.retained++;
				Optional<KeepReason> reason = reasonToKeep(object);
				boolean due = reason.isEmpty();
				if (due) {
					add(object);
				}
				else if (reason.get() == KeepReason.FROM_THE_FUTURE && object.kind() != Kind.DUMP) {
					this.futureObjects++;
				}
				else if (reason.get() == KeepReason.UNPROVEN && object.kind() != Kind.DIRECTORY) {
					this.foreignObjects++;
					this.foreignBytes += object.size();
				}
				if (object.kind() == Kind.DUMP) {
					this.open.open(object.name(), due);
				}
			}
		}

		/** A receipt or a fragment expires with its dump, whatever its own age. */
		private Optional<KeepReason> reasonToKeep(ScannedObject object) {
			Optional<Boolean> owner = object.owner().flatMap(this.open::find);
			if (owner.isEmpty()) {
				return this.policy.reasonToKeep(trusted(object), this.run.now());
			}
			return !owner.get() ? Optional.of(KeepReason.YOUNG) : ObjectKey.parse(object.name()).isEmpty()
					? Optional.of(KeepReason.UNUSABLE_NAME) : Optional.empty();
		}

		/** The age of a dump dated in the future counts from when it was first seen. */
		private ScannedObject trusted(ScannedObject object) {
			while (this.nextFuture != null && ObjectKey.compare(this.nextFuture.key(), object.name()) < 0) {
				this.nextFuture = this.future.hasNext() ? this.future.next() : null;
			}
			return (this.nextFuture != null && this.nextFuture.key().equals(object.name())) ? new ScannedObject(
					new ObjectEntry(object.name(), object.size(), this.nextFuture.firstSeen()), object.kind()) : object;
		}

		private void add(ScannedObject object) {
			this.batch.add(new ExpiryItem(++this.seq, new ObjectKey(object.name()), object.size(),
					object.lastModified(), object.entry().inode(), null));
			this.candidates++;
			if (object.kind() != Kind.DIRECTORY) {
				this.candidateObjects++;
				this.candidateBytes += object.size();
			}
			if (this.batch.size() == BATCH) {
				flush();
			}
		}

		private void flush() {
			ExpiryPlanner.this.items.insert(this.volumePlan.key(), this.batch);
			this.batch.clear();
		}

		@Override
		public void complete(VolumeScan scan) {
			flush();
			VolumePlan.Kept kept = protect();
			this.unproven.forEach((earlier) -> earlier.settle(this.run));
			ExpiryPlanner.this.items.quarantine(this.volumePlan.key(), this.volumePlan.volume(), this.run.now());
			ExpiryPlanner.this.volumePlans.save(this.volumePlan.counted(scan.objects(), this.retained, this.candidates,
					this.candidateObjects, this.candidateBytes, kept));
		}

		/** Drops candidates that the ledger blocks from expiry. */
		private VolumePlan.Kept protect() {
			ExpiryBlockers blockers = ExpiryPlanner.this.ledger.blockers(this.volumePlan.volume(), this.run.now());
			Map<KeepReason, Long> objects = new EnumMap<>(KeepReason.class);
			long waitingBytes = 0;
			List<Integer> seqs = new ArrayList<>();
			Iterator<ExpiryItem> items = blockers.isEmpty() ? Collections.emptyIterator()
					: ExpiryPlanner.this.items.unresolved(this.volumePlan.key());
			while (items.hasNext()) {
				ExpiryItem item = items.next();
				Optional<KeepReason> reason = blockers.reasonToKeep(item);
				if (reason.isPresent()) {
					objects.merge(reason.get(), 1L, Long::sum);
					waitingBytes += isWaiting(reason.get()) ? item.size() : 0;
					if (reason.get() == KeepReason.UNPROVEN) {
						this.foreignObjects++;
						this.foreignBytes += item.size();
					}
					seqs.add(item.seq());
					this.candidates--;
					this.candidateObjects -= item.isDirectory() ? 0 : 1;
					this.candidateBytes -= item.size();
				}
				if (seqs.size() == BATCH || !items.hasNext()) {
					ExpiryPlanner.this.items.remove(this.volumePlan.key(), seqs);
					seqs.clear();
				}
			}
			return new VolumePlan.Kept(
					objects.getOrDefault(KeepReason.UNNOTIFIED, 0L) + objects.getOrDefault(KeepReason.NOTICE, 0L),
					waitingBytes, objects.getOrDefault(KeepReason.HELD, 0L),
					objects.getOrDefault(KeepReason.NEWEST, 0L), this.foreignObjects, this.foreignBytes,
					this.futureObjects);
		}

		private static boolean isWaiting(KeepReason reason) {
			return reason == KeepReason.UNNOTIFIED || reason == KeepReason.NOTICE;
		}

		@Override
		public void abandon() {
			ExpiryPlanner.this.items.delete(this.volumePlan.key());
			ExpiryPlanner.this.volumePlans.delete(this.volumePlan);
		}

	}

	/**
	 * Merges the unverified deletes of earlier sweeps with the listing: both are in key
	 * order. Objects that are listed again unchanged survived; the others are gone.
	 */
	private final class Unproven {

		private static final int MAX_NAMED = 1000;

		private final VolumePlan volumePlan;

		private final Iterator<ExpiryItem> asked;

		private final List<ExpiryItemRepository.Resolution> survivors = new ArrayList<>();

		private @Nullable ExpiryItem head;

		Unproven(VolumePlan volumePlan) {
			this.volumePlan = volumePlan;
			this.asked = ExpiryPlanner.this.items.unproven(volumePlan.key());
			advance();
		}

		private void advance() {
			this.head = this.asked.hasNext() ? this.asked.next() : null;
		}

		void visit(ScannedObject object) {
			while (this.head != null && ObjectKey.compare(this.head.key().value(), object.name()) < 0) {
				advance();
			}
			if (this.head != null && this.head.key().value().equals(object.name())) {
				if (object.entry().isUnchangedSince(this.head.size(), this.head.lastModified())
						&& this.survivors.size() < MAX_NAMED) {
					this.survivors.add(new ExpiryItemRepository.Resolution(this.head, Outcome.FAILED,
							"its deletion was accepted, and the next scan still found it"));
				}
				advance();
			}
		}

		void settle(Run run) {
			ExpiryPlanner.this.items.resolve(this.volumePlan.key(), this.survivors, ExpiryPlanner.this.clock.instant());
			// A lost answer (DELETE_SENT) was the gateway's failure and not the object's,
			// so it causes no quarantine.
			this.survivors.stream()
				.filter((survivor) -> survivor.item().outcome() == Outcome.DELETE_ACCEPTED)
				.forEach((survivor) -> ExpiryPlanner.this.quarantine.add(this.volumePlan.volume(),
						survivor.item().key(), String.valueOf(survivor.detail()), run.id(), run.now()));
			ExpiryPlanner.this.items.confirmAsked(this.volumePlan.key(), ExpiryPlanner.this.clock.instant());
			ExpiryPlanner.this.volumePlans.confirm(this.volumePlan.key());
		}

	}

}
