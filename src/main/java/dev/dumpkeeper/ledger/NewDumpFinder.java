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
 * Finds dumps between the scans: by a listing of one directory, or because somebody said
 * where one is. It enters and looks; what is missing is left to a scan.
 */
public final class NewDumpFinder {

	/** People wait behind it, and the next minute's look goes on. */
	private static final Duration LOOK_FOR = Duration.ofSeconds(30);

	private final LedgerReconciler scan;

	private final DumpRepository rows;

	private final DuplicateDumpSearch twins;

	private final DumpTriage look;

	private final BucketLister lister;

	private final DumpGateway gateway;

	private final ObjectClassifier classifier;

	private final NotificationStatus notifications;

	private final Clock clock;

	NewDumpFinder(LedgerReconciler scan, DumpRepository rows, DuplicateDumpSearch twins, DumpTriage look,
			BucketLister lister, DumpGateway gateway, ObjectClassifier classifier, NotificationStatus notifications,
			Clock clock) {
		this.scan = scan;
		this.rows = rows;
		this.twins = twins;
		this.look = look;
		this.lister = lister;
		this.gateway = gateway;
		this.classifier = classifier;
		this.notifications = notifications;
		this.clock = clock;
	}

	/**
	 * Whether there is anybody to tell of new dumps.
	 * @return {@code false} without a robot: then nobody need look between the scans
	 */
	public boolean isAnybodyThere() {
		return this.notifications.notificationsEnabled();
	}

	/**
	 * Lists a directory and enters what is new or changed there. A listing that breaks
	 * off has entered what it showed.
	 * @param volume the volume
	 * @param directory the directory, without a trailing slash
	 * @throws dev.dumpkeeper.gateway.GatewayException when the gateway fails
	 * @throws dev.dumpkeeper.scan.UntrustedListingException when the listing does not end
	 * @throws dev.dumpkeeper.run.StoppedException when a stop was asked for
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
	 * Looks for one dump, or for the receipt that a JVM left instead of one, with two
	 * HEADs at most, and enters it. A repetition changes nothing.
	 * @param volume the volume, whether or not it exists
	 * @param key the dump's key
	 * @return {@code false} when the key is no dump's by its name, or nothing is there
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
	 * Where a dump is being written, or was entered and not looked at yet.
	 * @return the names of volumes
	 */
	public Set<String> unfinished() {
		return Set.copyOf(this.rows.dueVolumes());
	}

	/**
	 * Looks at what was entered and not looked at yet, in all volumes, for at most half a
	 * minute; the next call goes on. Where nothing tells links from directories, new
	 * dumps are compared with all keys of the gateway first.
	 * @throws dev.dumpkeeper.run.StoppedException when a stop was asked for
	 */
	public void look() {
		this.twins.markNew();
		this.look.look(this.clock.instant(), this.rows.dueVolumes(), LOOK_FOR);
	}

}
