package dev.dumpkeeper.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.bucket4j.Bucket;

/**
 * How often one address may do something, and how often all together.
 */
final class RateLimiter {

	/** So many addresses are remembered; the one that was quiet longest is forgotten. */
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
	 * Creates it.
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

	/** Counts one; {@code false} when that is one too many. */
	boolean take(String address) {
		return of(address).tryConsume(1) && this.all.tryConsume(1);
	}

	/** Takes one back that turned out not to count. */
	void giveBack(String address) {
		of(address).addTokens(1);
		this.all.addTokens(1);
	}

	private synchronized Bucket of(String address) {
		return this.addresses.computeIfAbsent(address, (key) -> bucket(this.perMinute));
	}

}
