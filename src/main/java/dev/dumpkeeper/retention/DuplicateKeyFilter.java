package dev.dumpkeeper.retention;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.gateway.VolumeName;
import dev.dumpkeeper.retention.ExpiryItemRepository.Resolution;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.BucketLister;
import dev.dumpkeeper.scan.CompanionMatcher;
import dev.dumpkeeper.scan.DuplicateFileDetector;
import dev.dumpkeeper.scan.ObjectClassifier;
import dev.dumpkeeper.scan.ScannedObject;
import dev.dumpkeeper.scan.ScannedObject.Kind;

/**
 * Removes planned objects with a duplicate key from a plan. This also finds a file that
 * replaced a planned one and would pass for it in the HEAD request before its deletion,
 * unless it did not exist yet.
 */
final class DuplicateKeyFilter {

	private static final Logger logger = LoggerFactory.getLogger(DuplicateKeyFilter.class);

	/**
	 * The number of objects that are compared, with 17 MB of memory. Further ones stay
	 * until a later pass.
	 */
	private static final int MAX_OBJECTS = 1_000_000;

	private static final int BATCH = 1000;

	private final DumpGateway gateway;

	private final BucketLister lister;

	private final ExpiryPlans plans;

	private final VolumePlanRepository volumePlans;

	private final ExpiryItemRepository items;

	private final ObjectClassifier classifier;

	private final Progress progress;

	private final Clock clock;

	DuplicateKeyFilter(DumpGateway gateway, BucketLister lister, ExpiryPlans plans, VolumePlanRepository volumePlans,
			ExpiryItemRepository items, ObjectClassifier classifier, Progress progress, Clock clock) {
		this.gateway = gateway;
		this.lister = lister;
		this.plans = plans;
		this.volumePlans = volumePlans;
		this.items = items;
		this.classifier = classifier;
		this.progress = progress;
		this.clock = clock;
	}

	/**
	 * Removes objects with a duplicate key from the run's plan, or all objects if a
	 * volume cannot be listed. Does nothing where paths are known or trusted.
	 */
	void keep(Run run) {
		if (this.gateway.pathTrust() != PathTrust.UNKNOWN) {
			return;
		}
		this.plans.findByRun(run).ifPresent((plan) -> {
			Map<String, List<String>> all = DuplicateFileDetector.volumes(this.gateway);
			Map<String, List<VolumePlan>> planned = this.plans.volumePlans(plan)
				.stream()
				.filter((volumePlan) -> volumePlan.candidates() > 0
						&& this.gateway.pathTrust(volumePlan.volume()) == PathTrust.UNKNOWN)
				.collect(Collectors.groupingBy((volumePlan) -> VolumeName.parse(volumePlan.volume()).gateway()));
			boolean open = plan.state() == ExpiryPlan.State.OPEN;
			planned.forEach((name, volumes) -> {
				Optional<DuplicateFileDetector> detector = DuplicateFileDetector.of(planned(volumes),
						all.getOrDefault(name, List.of()), this.gateway, this.lister, this.progress);
				volumes.forEach((volumePlan) -> keep(volumePlan, detector, open));
			});
		});
	}

	private DuplicateFileDetector.Files planned(List<VolumePlan> volumes) {
		DuplicateFileDetector.Files files = new DuplicateFileDetector.Files();
		for (VolumePlan volumePlan : volumes) {
			Iterator<ExpiryItem> unresolved = this.items.unresolved(volumePlan.key());
			while (unresolved.hasNext() && files.size() < MAX_OBJECTS) {
				ExpiryItem item = unresolved.next();
				if (kind(item).kind() == Kind.DUMP) {
					files.add(volumePlan.volume(), item.key().value(), item.size(), item.lastModified());
				}
			}
		}
		return files;
	}

	private void keep(VolumePlan volumePlan, Optional<DuplicateFileDetector> detector, boolean open) {
		Iterator<ExpiryItem> unresolved = this.items.unresolved(volumePlan.key());
		List<ExpiryItem> kept = new ArrayList<>();
		VolumePlan left = volumePlan;
		// Receipts and fragments stay or go with their dump.
		CompanionMatcher<Boolean> stay = new CompanionMatcher<>((dump) -> {
		});
		while (unresolved.hasNext()) {
			ExpiryItem item = unresolved.next();
			ScannedObject object = kind(item);
			stay.pass(object.name());
			boolean only = detector.filter((seen) -> seen.isOnly(fingerprint(item))).isPresent();
			if (object.kind() == Kind.DUMP && !only) {
				stay.open(object.name(), true);
				kept.add(item);
			}
			else if (object.owner().flatMap(stay::find).isPresent()) {
				kept.add(item);
			}
			if (kept.size() == BATCH || !unresolved.hasNext()) {
				left = left.without(kept.size(), kept.stream().mapToLong(ExpiryItem::size).sum());
				take(volumePlan, kept, open);
				kept.clear();
			}
		}
		if (left.candidates() < volumePlan.candidates()) {
			logger.warn("{}: {} objects stay, since they may be another's under a second name", volumePlan.volume(),
					volumePlan.candidates() - left.candidates());
			if (open) {
				this.volumePlans.save(left);
			}
		}
	}

	/**
	 * Items leave an open plan; in a plan that was judged, which never changes, they get
	 * an outcome instead.
	 */
	private void take(VolumePlan volumePlan, List<ExpiryItem> kept, boolean open) {
		if (open) {
			this.items.remove(volumePlan.key(), kept.stream().map(ExpiryItem::seq).toList());
		}
		else {
			this.items.resolve(volumePlan.key(),
					kept.stream()
						.map((item) -> new Resolution(item, Outcome.KEPT, KeepReason.UNPROVEN.name()))
						.toList(),
					this.clock.instant());
		}
	}

	private ScannedObject kind(ExpiryItem item) {
		return this.classifier.of(new ObjectEntry(item.key().value(), item.size(), item.lastModified()));
	}

	private static long fingerprint(ExpiryItem item) {
		return DuplicateFileDetector.fingerprint(item.size(), item.lastModified());
	}

}
