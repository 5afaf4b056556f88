package dev.dumpkeeper.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.NotificationStatus;
import dev.dumpkeeper.scan.BucketLister;
import dev.dumpkeeper.scan.ObjectClassifier;
import dev.dumpkeeper.scan.ScanVisitor;
import dev.dumpkeeper.scan.ScannedObject;
import dev.dumpkeeper.scan.ScannedObject.Kind;

/**
 * Finds new dumps between scans, by listing a directory or from a notice about one dump.
 * Adds and triages them; missing dumps are left to a scan.
 */
public final class NewDumpFinder {

	/** Short, since notifications wait for it; the next poll continues. */
	private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

	private final LedgerReconciler scan;

	private final DumpRepository rows;

	private final DuplicateDumpSearch duplicates;

	private final DumpTriage triage;

	private final BucketLister lister;

	private final DumpGateway gateway;

	private final ObjectClassifier classifier;

	private final NotificationStatus notifications;

	private final Clock clock;

	NewDumpFinder(LedgerReconciler scan, DumpRepository rows, DuplicateDumpSearch duplicates, DumpTriage triage,
			BucketLister lister, DumpGateway gateway, ObjectClassifier classifier, NotificationStatus notifications,
			Clock clock) {
		this.scan = scan;
		this.rows = rows;
		this.duplicates = duplicates;
		this.triage = triage;
		this.lister = lister;
		this.gateway = gateway;
		this.classifier = classifier;
		this.notifications = notifications;
		this.clock = clock;
	}

	/**
	 * Returns whether people are notified of new dumps.
	 * @return {@code false} without a robot, so that polling between scans is unnecessary
	 */
	public boolean isAnybodyThere() {
		return this.notifications.notificationsEnabled();
	}

	/**
	 * Lists a directory and adds what is new or changed. A listing that fails has added
	 * what it contained until then.
	 * @param volume the volume
	 * @param directory the directory, without a trailing slash
	 * @throws dev.dumpkeeper.gateway.GatewayException when the gateway fails
	 * @throws dev.dumpkeeper.scan.UntrustedListingException when the listing does not end
	 * @throws dev.dumpkeeper.run.StoppedException when a stop was requested
	 */
	public void list(String volume, String directory) {
		String prefix = directory + "/";
		ScanVisitor visitor = this.scan.glance(volume, prefix, this.clock.instant());
		try {
			this.lister.forEach(this.gateway.volume(volume), prefix,
					(entry) -> visitor.visit(this.classifier.of(entry)));
		}
		finally {
			visitor.abandon();
		}
	}

	/**
	 * Requests one dump, or the receipt that a JVM left instead of one, with at most two
	 * HEAD requests, and adds it. A repetition has no effect.
	 * @param volume the volume, whether or not it exists
	 * @param key the dump's key
	 * @return {@code false} when the key is not a dump's name or there is no such object
	 * @throws dev.dumpkeeper.gateway.GatewayException when the gateway fails
	 */
	public boolean enter(String volume, ObjectKey key) {
		Instant now = this.clock.instant();
		if (this.classifier.of(new ObjectEntry(key.value(), 0, now)).kind() != Kind.DUMP) {
			return false;
		}
		DumpBucket bucket = this.gateway.volume(volume);
		List<ScannedObject> found = new ArrayList<>();
		bucket.stat(key).map(this.classifier::of).ifPresent(found::add);
		ObjectKey.parse(key.value() + ObjectClassifier.RECEIPT)
			.flatMap(bucket::stat)
			.map(this.classifier::of)
			.filter((receipt) -> receipt.kind() == Kind.RECEIPT)
			.ifPresent(found::add);
		if (!found.isEmpty()) {
			this.scan.enter(volume, found, now);
		}
		return !found.isEmpty();
	}

	/**
	 * Returns the volumes with a dump that is being written or not triaged yet.
	 * @return the names of volumes
	 */
	public Set<String> unfinished() {
		return Set.copyOf(this.rows.dueVolumes());
	}

	/**
	 * Triages the added dumps of all volumes, for at most half a minute; the next call
	 * continues. Where links cannot be told from directories, new dumps are first
	 * compared with all keys of the gateway.
	 * @throws dev.dumpkeeper.run.StoppedException when a stop was requested
	 */
	public void triage() {
		this.duplicates.markNew();
		this.triage.triage(this.clock.instant(), this.rows.dueVolumes(), TIME_LIMIT);
	}

}
