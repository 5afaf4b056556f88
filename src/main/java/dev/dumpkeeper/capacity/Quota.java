package dev.dumpkeeper.capacity;

/**
 * A directory's quota, as JuiceFS keeps it.
 *
 * @param maxBytes 0 or less, or a PiB and more, where there is no limit
 * @param usedBytes the counter, which can drift, also below zero
 */
record Quota(long maxBytes, long usedBytes) {

	/** What JuiceFS shows for a file system without a limit. */
	private static final long UNLIMITED = 1L << 50;

	boolean isLimited() {
		return this.maxBytes > 0 && this.maxBytes < UNLIMITED;
	}

}
