package dev.dumpkeeper.usage;

import java.util.HashSet;
import java.util.Set;

import dev.dumpkeeper.scan.DuplicateFileDetector;
import dev.dumpkeeper.scan.ScannedObject;

/**
 * The files that one run has listed in all volumes, for the detection of duplicate keys.
 * Small files matter little and are omitted. Only a limited number of files is kept, so
 * the result is a lower bound. Thread-safe.
 */
final class SeenFiles {

	/** Smaller files matter little, and many share a size and time. */
	private static final long SMALLEST = 1 << 20;

	/** The maximum number of files, with 10 MB of memory. */
	private static final int MOST = 200_000;

	private final Set<Long> seen = new HashSet<>();

	/** Whether a file of the same size and time was added before. */
	synchronized boolean isSecond(ScannedObject object) {
		if (object.size() < SMALLEST) {
			return false;
		}
		long fingerprint = DuplicateFileDetector.mix(object.size(), object.lastModified().toEpochMilli());
		return (this.seen.size() < MOST) ? !this.seen.add(fingerprint) : this.seen.contains(fingerprint);
	}

}
