package dev.dumpkeeper.retention;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.retention.ExpiryItemRepository.Resolution;
import dev.dumpkeeper.run.StopSignal;

/**
 * Deletes one key at a time, and verifies each delete, since the gateway accepts deletes
 * that it does not perform.
 */
final class SingleDeletes {

	/** After this many failures, skip the rest of the directory. */
	private static final int PATIENCE = 20;

	private final DumpBucket bucket;

	private final StopSignal stop;

	private final Map<String, Integer> refusals = new ConcurrentHashMap<>();

	SingleDeletes(DumpBucket bucket, StopSignal stop) {
		this.bucket = bucket;
		this.stop = stop;
	}

	/** Deletes an item that was just checked. */
	Resolution delete(ExpiryItem item) {
		this.stop.check();
		String directory = item.key().directory();
		if (this.refusals.getOrDefault(directory, 0) >= PATIENCE) {
			return new Resolution(item, Outcome.FAILED,
					"not tried: " + PATIENCE + " others in its directory could not be deleted");
		}
		Resolution resolution = tryToDelete(item);
		if (resolution.outcome() == Outcome.FAILED) {
			this.refusals.merge(directory, 1, Integer::sum);
		}
		return resolution;
	}

	/** Deletes an item if it still exists unchanged. */
	Resolution retry(ExpiryItem item) {
		Optional<ObjectEntry> left = this.bucket.stat(item.key());
		if (left.isEmpty()) {
			return new Resolution(item, Outcome.DELETED, null);
		}
		return left.get().isUnchangedSince(item.size(), item.lastModified()) ? delete(item) : BatchCheck.changed(item);
	}

	private Resolution tryToDelete(ExpiryItem item) {
		try {
			this.bucket.delete(item.key());
		}
		catch (GatewayException ex) {
			if (ex.kind() == Kind.UNAVAILABLE || ex.kind() == Kind.DENIED) {
				throw ex;
			}
			return new Resolution(item, Outcome.FAILED, ex.getMessage());
		}
		Optional<ObjectEntry> left = this.bucket.stat(item.key());
		if (left.isEmpty()) {
			return new Resolution(item, Outcome.DELETED, null);
		}
		// A writer may have come back since the delete: then nothing failed.
		return left.get().isUnchangedSince(item.size(), item.lastModified())
				? new Resolution(item, Outcome.FAILED,
						"still there after its delete was accepted: the file or its directory may be immutable")
				: BatchCheck.changed(item);
	}

}
