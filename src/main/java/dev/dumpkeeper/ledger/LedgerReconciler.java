package dev.dumpkeeper.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.CompanionMatcher;
import dev.dumpkeeper.scan.ScanObserver;
import dev.dumpkeeper.scan.ScanVisitor;
import dev.dumpkeeper.scan.ScannedObject;
import dev.dumpkeeper.scan.VolumeScan;
import dev.dumpkeeper.scan.VolumeScans;

/**
 * Merges each listing with the ledger: both are in key order, and only differences are
 * written. Listed dumps are written at once, even if the listing turns out to be
 * untrusted, since they were seen. Missing dumps are confirmed by HEAD requests before
 * they count as gone, and only after a trusted listing.
 */
final class LedgerReconciler implements ScanObserver {

	private static final Logger logger = LoggerFactory.getLogger(LedgerReconciler.class);

	private final DumpRepository rows;

	private final DumpNames names;

	private final DumpGateway gateway;

	private final VolumeScans scans;

	private final Clock clock;

	LedgerReconciler(DumpRepository rows, DumpNames names, DumpGateway gateway, VolumeScans scans, Clock clock) {
		this.rows = rows;
		this.names = names;
		this.gateway = gateway;
		this.scans = scans;
		this.clock = clock;
	}

	@Override
	public Optional<ScanVisitor> join(Run run, String volume) {
		return Optional.of(new Merge(run, volume, this.rows.listed(volume, "")));
	}

	/**
	 * Adds new and changed dumps below a directory, and leaves missing ones to a scan.
	 * @return a visitor of a listing below the directory, to be abandoned at its end
	 */
	ScanVisitor glance(String volume, String directory, Instant now) {
		return new Merge(between(now), volume, this.rows.listed(volume, directory));
	}

	/** Adds one dump with its companions, as a scan would. */
	void enter(String volume, List<ScannedObject> dumpAndCompanions, Instant now) {
		ObjectKey first = new ObjectKey(dumpAndCompanions.get(0).name());
		ScanVisitor merge = new Merge(between(now), volume, this.rows.listedOf(volume, first).iterator());
		dumpAndCompanions.forEach(merge::visit);
		merge.abandon();
	}

	/** Returns a pseudo run that is later than all stored runs. */
	private static Run between(Instant now) {
		return new Run(Long.MAX_VALUE, now, false);
	}

	private final class Merge implements ScanVisitor {

		private static final int BATCH = 500;

		/**
		 * The maximum number of missing dumps; further ones are found by the next pass.
		 */
		private static final int MAX_MISSING = 50_000;

		private final Run run;

		private final String volume;

		private final Iterator<DumpRepository.Listed> known;

		private final CompanionMatcher<MatchedDump> open = new CompanionMatcher<>(this::settle);

		private final List<DumpRepository.Seen> added = new ArrayList<>();

		private final List<DumpRepository.Seen> changed = new ArrayList<>();

		private final List<Long> replaced = new ArrayList<>();

		private final List<Long> missing = new ArrayList<>();

		private DumpRepository.@Nullable Listed head;

		Merge(Run run, String volume, Iterator<DumpRepository.Listed> known) {
			this.run = run;
			this.volume = volume;
			this.known = known;
			advance();
		}

		private void advance() {
			this.head = this.known.hasNext() ? this.known.next() : null;
		}

		@Override
		public void visit(ScannedObject listed) {
			ScannedObject object = storable(listed);
			this.open.pass(object.name());
			switch (object.kind()) {
				case DUMP -> {
					if (ObjectKey.parse(object.name()).isPresent()) {
						this.open.open(object.name(), matchWithLedger(object));
					}
				}
				case RECEIPT -> receipt(object);
				case FRAGMENT -> this.open.find(object.owner().orElseThrow())
					.ifPresent((dump) -> dump.fragmentAt = latest(dump.fragmentAt, object.lastModified()));
				case DIRECTORY, OTHER -> {
				}
			}
		}

		private static ScannedObject storable(ScannedObject object) {
			Instant time = FileTimes.storable(object.lastModified());
			return time.equals(object.lastModified()) ? object
					: new ScannedObject(new ObjectEntry(object.name(), object.size(), time), object.kind());
		}

		private void receipt(ScannedObject object) {
			Optional<MatchedDump> owner = this.open.find(object.owner().orElseThrow());
			if (owner.isEmpty()) {
				// A JVM that failed to write a dump may have left only a receipt.
				if (ObjectKey.parse(object.name()).isPresent()) {
					settle(matchWithLedger(object));
				}
				return;
			}
			owner.get().receiptAt = object.lastModified();
			DumpRepository.Listed alone = find(object.name());
			if (alone != null) {
				this.replaced.add(alone.id());
			}
		}

		private MatchedDump matchWithLedger(ScannedObject object) {
			return new MatchedDump(object, find(object.name()));
		}

		/** Advances to a name; rows before it are missing from the listing. */
		private DumpRepository.@Nullable Listed find(String name) {
			while (this.head != null && ObjectKey.compare(this.head.key(), name) < 0) {
				recordMissing(this.head);
			}
			DumpRepository.Listed found = this.head;
			if (found == null || !found.key().equals(name)) {
				return null;
			}
			advance();
			return found;
		}

		private void recordMissing(DumpRepository.Listed row) {
			if (this.missing.size() < MAX_MISSING) {
				this.missing.add(row.id());
			}
			advance();
		}

		private void settle(MatchedDump meeting) {
			DumpRepository.Listed row = meeting.row;
			if (row == null) {
				this.added.add(meeting.seen(0));
			}
			else if (!meeting.object.entry().isUnchangedSince(row.size(), row.lastModified())) {
				if (row.state().isOpen()) {
					this.changed.add(meeting.seen(row.id()));
				}
				else {
					this.replaced.add(row.id());
					this.added.add(meeting.seen(0));
				}
			}
			else if (isOther(meeting.receiptAt, row.receiptAt())
					|| row.state().isOpen() && isOther(meeting.fragmentAt, row.fragmentAt())) {
				this.changed.add(meeting.seen(row.id()));
			}
			if (this.added.size() + this.changed.size() + this.replaced.size() >= BATCH) {
				flush();
			}
		}

		private static boolean isOther(@Nullable Instant now, @Nullable Instant before) {
			return now != null && !now.equals(before);
		}

		private static Instant latest(@Nullable Instant a, Instant b) {
			return (a == null || a.isBefore(b)) ? b : a;
		}

		private void flush() {
			if (this.added.isEmpty() && this.changed.isEmpty() && this.replaced.isEmpty()) {
				return;
			}
			LedgerReconciler.this.rows.together(() -> {
				// The old row must release the key before the new one takes it.
				end(this.replaced, DumpRepository.Fate.REPLACED);
				LedgerReconciler.this.rows.update(this.changed);
				LedgerReconciler.this.rows.insert(this.volume, this.added, LedgerReconciler.this.names::of,
						this.run.now());
			});
			this.added.clear();
			this.changed.clear();
			this.replaced.clear();
		}

		private void end(List<Long> ids, DumpRepository.Fate fate) {
			if (!ids.isEmpty()) {
				Instant lastSeen = LedgerReconciler.this.scans.lastTrusted(this.volume, this.run)
					.map(VolumeScan::startedAt)
					.orElse(null);
				LedgerReconciler.this.rows.end(ids, fate, LedgerReconciler.this.clock.instant(), lastSeen);
			}
		}

		@Override
		public void complete(VolumeScan scan) {
			while (this.head != null) {
				recordMissing(this.head);
			}
			this.open.end();
			flush();
			confirmMissing();
		}

		@Override
		public void abandon() {
			this.open.end();
			flush();
		}

		private void confirmMissing() {
			if (this.missing.isEmpty()) {
				return;
			}
			DumpBucket bucket = LedgerReconciler.this.gateway.volume(this.volume);
			List<Long> gone = new ArrayList<>();
			try {
				for (Dump dump : LedgerReconciler.this.rows.find(this.missing)) {
					if (bucket.stat(new ObjectKey(dump.key())).isEmpty()) {
						gone.add(dump.id());
					}
				}
			}
			catch (GatewayException ex) {
				logger.warn("{}: dumps missing from the listing could not be checked: {}", this.volume,
						ex.getMessage());
			}
			end(gone, DumpRepository.Fate.VANISHED);
			if (!gone.isEmpty()) {
				logger.info("{}: {} dumps deleted by others", this.volume, gone.size());
			}
		}

	}

	/** A listed dump and its row, while its companions may follow. */
	private static final class MatchedDump {

		private final ScannedObject object;

		private final DumpRepository.@Nullable Listed row;

		private @Nullable Instant receiptAt;

		private @Nullable Instant fragmentAt;

		MatchedDump(ScannedObject object, DumpRepository.@Nullable Listed row) {
			this.object = object;
			this.row = row;
		}

		DumpRepository.Seen seen(long id) {
			return new DumpRepository.Seen(this.object, id, this.receiptAt, this.fragmentAt);
		}

	}

}
