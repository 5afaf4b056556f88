package dev.dumpkeeper.retention;

import java.time.Duration;

/**
 * How many keys go into one delete call. JuiceFS 1.4 deletes a thousand keys in half a
 * second and 1.2 needs five for them, so the size follows the latency it sees: small
 * enough that a stop is obeyed quickly, large enough that calls are few.
 */
final class BatchSize {

	static final int SMALLEST = 20;

	/** S3's own limit for one call. */
	static final int LARGEST = 1000;

	private static final Duration QUICK = Duration.ofMillis(400);

	private static final Duration SLOW = Duration.ofMillis(1500);

	private int size = 250;

	synchronized int next() {
		return this.size;
	}

	/** Learns from one call. */
	synchronized void recordLatency(int keys, Duration time) {
		if (time.compareTo(SLOW) > 0) {
			this.size = Math.max(SMALLEST, Math.min(this.size, keys) / 2);
		}
		else if (time.compareTo(QUICK) < 0 && keys >= this.size) {
			this.size = Math.min(LARGEST, this.size + this.size / 4 + 1);
		}
	}

}
