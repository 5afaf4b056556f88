package dev.dumpkeeper.retention;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.retention.ExpiryItemRepository.Resolution;
import dev.dumpkeeper.run.StopSignal;

/**
 * Checks a batch right before it is deleted: all of it at once in the metadata, and file
 * by file at the gateway when the metadata alone is not sufficient and a second listing
 * is missing or outdated.
 */
final class BatchCheck {

	private final DumpBucket bucket;

	private final PreDeleteCheck second;

	private final MetadataCheck metadata;

	private final StopSignal stop;

	BatchCheck(DumpBucket bucket, PreDeleteCheck second, MetadataCheck metadata, StopSignal stop) {
		this.bucket = bucket;
		this.second = second;
		this.metadata = metadata;
		this.stop = stop;
	}

	/**
	 * Separates items to delete from those that stay or are gone.
	 * @param held names that are held
	 * @param due receives the items to delete now
	 * @return the outcomes of the other items
	 */
	List<Resolution> partition(List<ExpiryItem> batch, Set<String> held, List<ExpiryItem> due) {
		List<Resolution> others = new ArrayList<>();
		Map<ObjectKey, ObjectEntry> found = this.metadata.find(batch);
		Set<ObjectKey> linked = this.bucket.reachedByLink(
				batch.stream().map(ExpiryItem::key).filter((key) -> found == null || !found.containsKey(key)).toList());
		for (ExpiryItem item : batch) {
			Resolution other = held.contains(item.key().value()) ? kept(item, KeepReason.HELD)
					: linked.contains(item.key()) ? kept(item, KeepReason.LINKED)
							: (found != null) ? compare(item, found.get(item.key())) : null;
			if (other == null && (found == null || !this.metadata.isEnough())) {
				other = ask(item);
			}
			if (other != null) {
				others.add(other);
			}
			else {
				due.add(item);
			}
		}
		return others;
	}

	private static @Nullable Resolution compare(ExpiryItem item, @Nullable ObjectEntry found) {
		return (found == null) ? gone(item) : item.is(found) ? null : changed(item);
	}

	private @Nullable Resolution ask(ExpiryItem item) {
		if (!this.second.isNeeded(item)) {
			return null;
		}
		this.stop.check();
		Optional<ObjectEntry> found = this.bucket.stat(item.key());
		if (found.isEmpty()) {
			return gone(item);
		}
		return found.get().isUnchangedSince(item.size(), item.lastModified()) ? null : changed(item);
	}

	private static Resolution gone(ExpiryItem item) {
		return (item.outcome() == Outcome.DELETE_SENT) ? new Resolution(item, Outcome.DELETED, null)
				: new Resolution(item, Outcome.ALREADY_GONE, "gone before it was deleted");
	}

	static Resolution kept(ExpiryItem item, KeepReason reason) {
		return new Resolution(item, Outcome.KEPT, reason.name());
	}

	static Resolution changed(ExpiryItem item) {
		return new Resolution(item, Outcome.CHANGED, "written again since it was planned");
	}

}
