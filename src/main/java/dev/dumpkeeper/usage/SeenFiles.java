package dev.dumpkeeper.usage;

import java.util.HashSet;
import java.util.Set;

import dev.dumpkeeper.scan.DuplicateFileDetector;
import dev.dumpkeeper.scan.ScannedObject;

/**
 * The files that one run has listed, over all volumes, so that a second key of one is
 * noticed. Small files weigh little and are left out; of more than it has room for the
 * first are kept, so what it finds is the least there is. Safe for several threads.
 */
final class SeenFiles {

	/** Below it a file weighs nothing, and many are alike. */
	private static final long SMALLEST = 1 << 20;

	/** 10 MB of memory. */
	private static final int MOST = 200_000;

	private final Set<Long> seen = new HashSet<>();

	/** Whether the same size and time were seen before. */
	synchronized boolean isSecond(ScannedObject object) {
		if (object.size() < SMALLEST) {
			return false;
		}
		long fingerprint = DuplicateFileDetector.mix(object.size(), object.lastModified().toEpochMilli());
		return (this.seen.size() < MOST) ? !this.seen.add(fingerprint) : this.seen.contains(fingerprint);
	}

}
