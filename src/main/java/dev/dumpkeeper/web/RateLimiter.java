package dev.dumpkeeper.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.bucket4j.Bucket;

/**
 * Limits how often one address, and all addresses together, may do something.
 */
final class RateLimiter {

	/**
	 * The maximum number of known addresses; the least recently used one is removed
	 * first.
	 */
	private static final int ADDRESSES = 10_000;

	private final int perMinute;

	private final Bucket all;

	private final Map<String, Bucket> addresses = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
			return size() > ADDRESSES;
		}

	};

	/**
	 * Creates an instance.
	 * @param perMinute for one address
	 * @param together for all addresses
	 */
	RateLimiter(int perMinute, int together) {
		this.perMinute = perMinute;
		this.all = bucket(together);
	}

	private static Bucket bucket(int perMinute) {
		return Bucket.builder()
			.addLimit((limit) -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
			.build();
	}

	/** Counts an event; {@code false} when it exceeds a limit. */
	boolean take(String address) {
		return of(address).tryConsume(1) && this.all.tryConsume(1);
	}

	/** Reverts an event that does not count after all. */
	void giveBack(String address) {
		of(address).addTokens(1);
		this.all.addTokens(1);
	}

	private synchronized Bucket of(String address) {
		return this.addresses.computeIfAbsent(address, (key) -> bucket(this.perMinute));
	}

}
