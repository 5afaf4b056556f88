package dev.dumpkeeper.scan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;

/**
 * A few files of a listing, each of them as likely as any other, in memory that does not
 * grow with it.
 */
final class Sample {

	/** Behind it years have five digits, which no HEAD is sure to tell. */
	private static final Instant LATEST = ObjectEntry.LATEST;

	private final int size;

	private final RandomGenerator random;

	private final List<ObjectEntry> entries;

	private long offered;

	Sample(int size, RandomGenerator random) {
		this.size = size;
		this.random = random;
		this.entries = new ArrayList<>(size);
	}

	/** Directories, and what no HEAD can ask for or tell the time of, are passed over. */
	void offer(ObjectEntry entry) {
		if (entry.isDirectory() || entry.lastModified().isBefore(Instant.EPOCH)
				|| !entry.lastModified().isBefore(LATEST)) {
			return;
		}
		this.offered++;
		// Names are looked at only where one is chosen: there are millions.
		if (this.entries.size() < this.size) {
			if (ObjectKey.parse(entry.name()).isPresent()) {
				this.entries.add(entry);
			}
			return;
		}
		long place = this.random.nextLong(this.offered);
		if (place < this.size && ObjectKey.parse(entry.name()).isPresent()) {
			this.entries.set((int) place, entry);
		}
	}

	List<ObjectEntry> entries() {
		return List.copyOf(this.entries);
	}

}
