package dev.dumpkeeper.scan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;

/**
 * A uniform random sample of the files of a listing, in constant memory.
 */
final class Sample {

	/** Later years have five digits, which a HEAD request may not return. */
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

	/** Skips directories and files that a HEAD request cannot address or date. */
	void offer(ObjectEntry entry) {
		if (entry.isDirectory() || entry.lastModified().isBefore(Instant.EPOCH)
				|| !entry.lastModified().isBefore(LATEST)) {
			return;
		}
		this.offered++;
		// Names are only parsed for chosen entries: a listing has millions.
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
