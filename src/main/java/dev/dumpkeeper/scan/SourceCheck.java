package dev.dumpkeeper.scan;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.ListingPage;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.StopSignal;

/**
 * Compares a metadata source with the gateway key by key, since a database of another
 * file system or a lagging replica must not decide which dumps exist.
 */
final class SourceCheck {

	/** How many keys are compared when the listing had nothing to sample. */
	private static final int FIRST_KEYS = 4;

	/**
	 * How often a difference is checked: the gateway caches attributes for a second, and
	 * files change between two requests.
	 */
	private static final int MAX_CHECKS = 4;

	static final Duration BETWEEN_CHECKS = Duration.ofSeconds(2);

	private final ListingSource source;

	private final StopSignal stop;

	private final Duration betweenChecks;

	SourceCheck(ListingSource source, StopSignal stop, Duration betweenChecks) {
		this.source = source;
		this.stop = stop;
		this.betweenChecks = betweenChecks;
	}

	/**
	 * Compares files that the source listed.
	 * @return the first difference that repeated checks confirm, or empty when there is
	 * none
	 */
	Optional<String> difference(DumpBucket bucket, List<ObjectEntry> listed) {
		for (ObjectEntry entry : listed) {
			Optional<String> difference = difference(bucket, entry);
			if (difference.isPresent()) {
				return difference;
			}
		}
		return Optional.empty();
	}

	/**
	 * Compares the first files that the gateway lists, for a source that listed nothing
	 * comparable.
	 * @return as {@link #difference(DumpBucket, List)} does
	 */
	Optional<String> differenceOfFirst(DumpBucket bucket) {
		ListingPage page = bucket.list("", null);
		for (ObjectEntry entry : page.entries()
			.stream()
			.filter((entry) -> !entry.isDirectory() && ObjectKey.parse(entry.name()).isPresent())
			.limit(FIRST_KEYS)
			.toList()) {
			Optional<String> difference = lastingDifference(bucket, new ObjectKey(entry.name()));
			if (difference.isPresent()) {
				return difference;
			}
		}
		return Optional.empty();
	}

	private Optional<String> difference(DumpBucket bucket, ObjectEntry entry) {
		ObjectKey key = new ObjectKey(entry.name());
		try {
			return isSame(Optional.of(entry), bucket.stat(key)) ? Optional.empty() : lastingDifference(bucket, key);
		}
		catch (GatewayException ex) {
			// The gateway lists some names that it rejects in a request.
			if (ex.kind() == Kind.REJECTED) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	private Optional<String> lastingDifference(DumpBucket bucket, ObjectKey key) {
		for (int attempt = 1;; attempt++) {
			Optional<ObjectEntry> before = this.source.stat(bucket.volume(), key);
			Optional<ObjectEntry> shown = bucket.stat(key);
			Optional<ObjectEntry> after = this.source.stat(bucket.volume(), key);
			if (isSame(before, shown) || isSame(after, shown) || !Objects.equals(before, after)) {
				return Optional.empty();
			}
			if (attempt == MAX_CHECKS) {
				return Optional.of(this.source.description() + " and the gateway differ: " + key + " is "
						+ words(before) + " in the one and " + words(shown)
						+ " in the other, so it belongs to another file system or is a replica that lags");
			}
			this.stop.pause(this.betweenChecks);
		}
	}

	private static boolean isSame(Optional<ObjectEntry> known, Optional<ObjectEntry> shown) {
		return known.isPresent()
				? shown.isPresent() && shown.get().isUnchangedSince(known.get().size(), known.get().lastModified())
				: shown.isEmpty();
	}

	private static String words(Optional<ObjectEntry> entry) {
		return entry.map((file) -> file.size() + " bytes of " + file.lastModified()).orElse("not there");
	}

}
