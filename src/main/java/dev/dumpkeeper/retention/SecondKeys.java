package dev.dumpkeeper.retention;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.retention.ExpiryItems.Resolution;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.ObjectKinds;
import dev.dumpkeeper.scan.OpenDumps;
import dev.dumpkeeper.scan.ScannedObject;
import dev.dumpkeeper.scan.ScannedObject.Kind;
import dev.dumpkeeper.scan.UntrustedListingException;
import dev.dumpkeeper.scan.Walk;

/**
 * Finds planned objects that are listed under a second key, and keeps them. A symbolic
 * link gives a file a second key, and where nothing tells links from directories, the
 * same size in the same second of modification under two keys is the sign of one.
 * <p>
 * All volumes of the gateway are listed for it, also those that are not looked after: a
 * link may lead there. Seconds and no finer unit count, since a HEAD right before the
 * delete knows no finer one: so a file that is put in a planned one's place later, and
 * passes for it, is found here as well, unless it was not there yet.
 */
final class SecondKeys {

	private static final Logger logger = LoggerFactory.getLogger(SecondKeys.class);

	/** 17 MB; what is over that stays until a later pass. */
	private static final int MAX_OBJECTS = 1_000_000;

	private static final int BATCH = 1000;

	private final DumpGateway gateway;

	private final Walk walk;

	private final Plans plans;

	private final PlanVolumeRepository parts;

	private final ExpiryItems items;

	private final ObjectKinds kinds;

	private final Progress progress;

	private final Clock clock;

	SecondKeys(DumpGateway gateway, Walk walk, Plans plans, PlanVolumeRepository parts, ExpiryItems items,
			ObjectKinds kinds, Progress progress, Clock clock) {
		this.gateway = gateway;
		this.walk = walk;
		this.plans = plans;
		this.parts = parts;
		this.items = items;
		this.kinds = kinds;
		this.progress = progress;
		this.clock = clock;
	}

	/**
	 * Takes objects with a second key out of the run's plan, and all of them where some
	 * volume cannot be listed. Nothing happens where paths are known or trusted.
	 */
	void keep(Run run) {
		if (this.gateway.pathTrust() != PathTrust.UNKNOWN) {
			return;
		}
		this.plans.of(run).ifPresent((plan) -> {
			List<PlanVolume> volumes = this.plans.partsOf(plan)
				.stream()
				.filter((part) -> part.candidates() > 0)
				.toList();
			Sightings sightings = planned(volumes);
			boolean complete = sightings.isEmpty() || listAll(sightings);
			boolean open = plan.state() == ExpiryPlan.State.OPEN;
			volumes.forEach((part) -> keep(part, sightings, complete, open));
		});
	}

	private Sightings planned(List<PlanVolume> volumes) {
		long count = Math.min(MAX_OBJECTS, volumes.stream().mapToLong(PlanVolume::candidates).sum());
		long[] fingerprints = new long[(int) count];
		int size = 0;
		for (PlanVolume part : volumes) {
			Iterator<ExpiryItem> unresolved = this.items.unresolved(part.key());
			while (unresolved.hasNext() && size < fingerprints.length) {
				ExpiryItem item = unresolved.next();
				if (kind(item).kind() == Kind.DUMP) {
					fingerprints[size++] = fingerprint(item);
				}
			}
		}
		return new Sightings(Arrays.copyOf(fingerprints, size));
	}

	private boolean listAll(Sightings sightings) {
		for (String volume : this.gateway.volumes()) {
			try {
				this.walk.forEach(this.gateway.volume(volume), "",
						(entry) -> sightings.see(fingerprint(entry.size(), entry.lastModified())));
				this.progress.add("compared", volume, 1);
			}
			catch (GatewayException ex) {
				// The gateway has names for itself, such as "minio", that it refuses to
				// everybody.
				if (ex.kind() == GatewayException.Kind.UNAVAILABLE) {
					logger.warn("{}: cannot be listed, so nothing is known to have one key only: {}", volume,
							ex.getMessage());
					return false;
				}
			}
			catch (UntrustedListingException ex) {
				logger.warn("{}: cannot be listed, so nothing is known to have one key only: {}", volume,
						ex.getMessage());
				return false;
			}
		}
		return true;
	}

	private void keep(PlanVolume part, Sightings sightings, boolean complete, boolean open) {
		Iterator<ExpiryItem> unresolved = this.items.unresolved(part.key());
		List<ExpiryItem> kept = new ArrayList<>();
		PlanVolume left = part;
		// Receipts and fragments stay or go with their dump.
		OpenDumps<Boolean> stay = new OpenDumps<>((dump) -> {
		});
		while (unresolved.hasNext()) {
			ExpiryItem item = unresolved.next();
			ScannedObject object = kind(item);
			stay.pass(object.name());
			boolean only = complete && sightings.isOnly(fingerprint(item));
			if (object.kind() == Kind.DUMP && !only) {
				stay.open(object.name(), true);
				kept.add(item);
			}
			else if (object.owner().flatMap(stay::find).isPresent()) {
				kept.add(item);
			}
			if (kept.size() == BATCH || !unresolved.hasNext()) {
				left = left.without(kept.size(), kept.stream().mapToLong(ExpiryItem::size).sum());
				take(part, kept, open);
				kept.clear();
			}
		}
		if (left.candidates() < part.candidates()) {
			logger.warn("{}: {} objects stay, since they may be another's under a second name", part.volume(),
					part.candidates() - left.candidates());
			if (open) {
				this.parts.save(left);
			}
		}
	}

	/** A plan that was judged stays as it is: its items get an outcome. */
	private void take(PlanVolume part, List<ExpiryItem> kept, boolean open) {
		if (open) {
			this.items.remove(part.key(), kept.stream().map(ExpiryItem::seq).toList());
		}
		else {
			this.items.resolve(part.key(),
					kept.stream()
						.map((item) -> new Resolution(item, Outcome.KEPT, KeepReason.UNPROVEN.name()))
						.toList(),
					this.clock.instant());
		}
	}

	private ScannedObject kind(ExpiryItem item) {
		return this.kinds.of(new ObjectEntry(item.key().value(), item.size(), item.lastModified()));
	}

	private static long fingerprint(ExpiryItem item) {
		return fingerprint(item.size(), item.lastModified());
	}

	/** Mixes well enough that two of a million are hardly ever alike by chance. */
	private static long fingerprint(long size, Instant lastModified) {
		long mixed = size * 0x9E3779B97F4A7C15L
				^ Long.rotateLeft(lastModified.getEpochSecond() * 0xC2B2AE3D27D4EB4FL, 31);
		mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
		return mixed ^ mixed >>> 32;
	}

	/** How often each fingerprint is listed, as far as two. */
	private static final class Sightings {

		private final long[] fingerprints;

		private final byte[] seen;

		Sightings(long[] fingerprints) {
			this.fingerprints = fingerprints;
			Arrays.sort(this.fingerprints);
			this.seen = new byte[fingerprints.length];
		}

		boolean isEmpty() {
			return this.fingerprints.length == 0;
		}

		void see(long fingerprint) {
			int place = place(fingerprint);
			if (place >= 0 && this.seen[place] < 2) {
				this.seen[place]++;
			}
		}

		boolean isOnly(long fingerprint) {
			int place = place(fingerprint);
			return place >= 0 && this.seen[place] < 2;
		}

		/** The first of equal ones. */
		private int place(long fingerprint) {
			int place = Arrays.binarySearch(this.fingerprints, fingerprint);
			while (place > 0 && this.fingerprints[place - 1] == fingerprint) {
				place--;
			}
			return place;
		}

	}

}
