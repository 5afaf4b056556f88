package dev.dumpkeeper.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.FutureDump;
import dev.dumpkeeper.scan.ObjectClassifier;

/**
 * What the ledger says against expiries, and what it is told of them.
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
	 * What stands against expiries in a volume at an instant, to be asked in key order.
	 */
	ExpiryBlockers blockers(String volume, Instant now) {
		return this.policy.protection(this.ledger, this.classifier, volume, now);
	}

	/**
	 * Dumps in a volume that say that they were written later than at an instant, in key
	 * order.
	 */
	Iterator<FutureDump> fromTheFuture(String volume, Instant now) {
		return this.ledger.fromTheFuture(volume, now);
	}

	/** Keys that somebody holds at an instant. */
	Set<String> heldIn(String volume, Instant now) {
		return this.ledger.heldIn(volume, now);
	}

	/** Dumps among what was deleted by a plan are expired. */
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
