package dev.dumpkeeper.capacity;

/**
 * A directory's quota, as stored by JuiceFS.
 *
 * @param maxBytes the capacity; 0 or less, or a PiB and more, if unlimited
 * @param usedBytes the counter, which can drift, even below zero
 */
record Quota(long maxBytes, long usedBytes) {

	/** The size that JuiceFS shows for a file system without a limit. */
	private static final long UNLIMITED = 1L << 50;

	boolean isLimited() {
		return this.maxBytes > 0 && this.maxBytes < UNLIMITED;
	}

}
