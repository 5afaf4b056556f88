package dev.dumpkeeper.retention;

import java.time.Duration;

/**
 * Chooses how many keys one delete call contains. JuiceFS 1.4 deletes a thousand keys in
 * half a second, 1.2 needs five seconds for them, so the size follows the measured
 * latency: small enough to obey a stop quickly, large enough to save calls.
 */
final class BatchSize {

	static final int SMALLEST = 20;

	/** S3's limit for one call. */
	static final int LARGEST = 1000;

	private static final Duration QUICK = Duration.ofMillis(400);

	private static final Duration SLOW = Duration.ofMillis(1500);

	private int size = 250;

	synchronized int next() {
		return this.size;
	}

	/** Adapts the size to the latency of one call. */
	synchronized void recordLatency(int keys, Duration time) {
		if (time.compareTo(SLOW) > 0) {
			this.size = Math.max(SMALLEST, Math.min(this.size, keys) / 2);
		}
		else if (time.compareTo(QUICK) < 0 && keys >= this.size) {
			this.size = Math.min(LARGEST, this.size + this.size / 4 + 1);
		}
	}

}
