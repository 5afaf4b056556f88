package dev.dumpkeeper.retention;

import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.ExpiryBlocker;
import dev.dumpkeeper.scan.CompanionMatcher;
import dev.dumpkeeper.scan.ObjectClassifier;
import dev.dumpkeeper.scan.ScannedObject;
import dev.dumpkeeper.scan.ScannedObject.Kind;

/**
 * Finds the objects that are old enough but blocked from expiry, by merging a volume's
 * objects with the ledger: both are in key order. Receipts and fragments stay with their
 * dump.
 */
final class ExpiryBlockers {

	private final Iterator<ExpiryBlocker> standing;

	private final Set<String> newest;

	private final ObjectClassifier classifier;

	private final Function<ExpiryBlocker, Optional<KeepReason>> policy;

	private final CompanionMatcher<KeepReason> kept = new CompanionMatcher<>((reason) -> {
	});

	private final boolean needsProof;

	/** Requested dumps that expire: their companions may expire with them. */
	private final CompanionMatcher<Boolean> going = new CompanionMatcher<>((going) -> {
	});

	private @Nullable ExpiryBlocker head;

	ExpiryBlockers(Iterator<ExpiryBlocker> standing, Set<String> newest, ObjectClassifier classifier,
			Function<ExpiryBlocker, Optional<KeepReason>> policy, boolean needsProof) {
		this.standing = standing;
		this.newest = newest;
		this.classifier = classifier;
		this.policy = policy;
		this.needsProof = needsProof;
		advance();
	}

	private void advance() {
		this.head = this.standing.hasNext() ? this.standing.next() : null;
	}

	/** Whether nothing is blocked at all. */
	boolean isEmpty() {
		return this.head == null && this.newest.isEmpty() && !this.needsProof;
	}

	/** Returns why one object is blocked; objects are requested in key order. */
	Optional<KeepReason> reasonToKeep(ExpiryItem item) {
		String name = item.key().value();
		this.kept.pass(name);
		this.going.pass(name);
		ScannedObject object = this.classifier.of(new ObjectEntry(name, item.size(), item.lastModified()));
		Optional<KeepReason> reason = object.owner()
			.flatMap(this.kept::find)
			.or(() -> own(name))
			.or(() -> isProven(object) ? Optional.empty() : Optional.of(KeepReason.UNPROVEN));
		if (reason.isPresent()) {
			this.kept.open(name, reason.get());
		}
		else if (object.kind() == Kind.DUMP) {
			this.going.open(name, true);
		}
		return reason;
	}

	private boolean isProven(ScannedObject object) {
		return !this.needsProof || object.kind() == Kind.DUMP || object.owner().flatMap(this.going::find).isPresent();
	}

	private Optional<KeepReason> own(String name) {
		while (this.head != null && ObjectKey.compare(this.head.key(), name) < 0) {
			advance();
		}
		ExpiryBlocker dump = this.head;
		Optional<KeepReason> reason = (dump != null && dump.key().equals(name)) ? this.policy.apply(dump)
				: Optional.empty();
		return reason.or(() -> this.newest.contains(name) ? Optional.of(KeepReason.NEWEST) : Optional.empty());
	}

}
