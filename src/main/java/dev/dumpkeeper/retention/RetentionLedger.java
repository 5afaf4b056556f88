package dev.dumpkeeper.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.Dump;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.FutureDump;
import dev.dumpkeeper.scan.ObjectClassifier;

/**
 * Reads blocked expiries from the ledger, and records expired dumps there.
 */
final class RetentionLedger {

	private static final int BATCH = 1000;

	private final RetentionPolicy policy;

	private final DumpLedger ledger;

	private final ObjectClassifier classifier;

	RetentionLedger(RetentionPolicy policy, DumpLedger ledger, ObjectClassifier classifier) {
		this.policy = policy;
		this.ledger = ledger;
		this.classifier = classifier;
	}

	/**
	 * Returns what is blocked from expiry in a volume at an instant, to be requested in
	 * key order.
	 */
	ExpiryBlockers blockers(String volume, Instant now) {
		return this.policy.in(volume).protection(this.ledger, this.classifier, volume, now);
	}

	/** Returns the dumps of a volume that are dated in the future, in key order. */
	Iterator<FutureDump> fromTheFuture(String volume, Instant now) {
		return this.ledger.fromTheFuture(volume, now);
	}

	/** Returns for each present dump the rule that keeps it longest. */
	Map<Long, ExpiryRule> lastRules(Collection<Long> dumps, Instant now) {
		return this.ledger.find(dumps)
			.stream()
			.collect(Collectors.toMap(Dump::id, (found) -> this.policy.in(found.volume())
				.lastRule(found,
						this.classifier.of(new ObjectEntry(found.key(), found.size(), found.lastModified())).kind(),
						now)));
	}

	Set<String> heldIn(String volume, Instant now) {
		return this.ledger.heldIn(volume, now);
	}

	/** Records the dumps among the deleted items of a plan as expired. */
	void expired(String volume, Iterator<ExpiryItem> deleted, long plan, Instant now) {
		List<ObjectKey> keys = new ArrayList<>();
		while (deleted.hasNext()) {
			keys.add(deleted.next().key());
			if (keys.size() == BATCH || !deleted.hasNext()) {
				this.ledger.expired(volume, keys, plan, now);
				keys.clear();
			}
		}
	}

}
