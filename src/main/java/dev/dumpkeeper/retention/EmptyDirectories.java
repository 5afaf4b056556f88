package dev.dumpkeeper.retention;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.retention.ExpiryItemRepository.Resolution;
import dev.dumpkeeper.run.StopSignal;

/**
 * Removes old directories that were listed as empty, and those that a sweep emptied,
 * since JuiceFS 1.4 leaves them after a bulk delete. The gateway ignores the delete of a
 * directory that is not empty.
 */
final class EmptyDirectories {

	private final DumpBucket bucket;

	private final RetentionPolicy policy;

	private final StopSignal stop;

	EmptyDirectories(DumpBucket bucket, RetentionPolicy policy, StopSignal stop) {
		this.bucket = bucket;
		this.policy = policy;
		this.stop = stop;
	}

	/**
	 * Removes the directories of a plan.
	 * @param planned unresolved items
	 * @return the outcomes of the directories among them
	 */
	List<Resolution> removePlanned(Iterator<ExpiryItem> planned) {
		List<Resolution> done = new ArrayList<>();
		while (planned.hasNext()) {
			ExpiryItem item = planned.next();
			if (item.isDirectory()) {
				done.add(remove(item.key()) ? new Resolution(item, Outcome.DELETED, null)
						: new Resolution(item, Outcome.CHANGED, "no longer empty"));
			}
		}
		return done;
	}

	/**
	 * Removes the directories that the deletes left empty.
	 * @param deleted in key order
	 */
	void removeAround(Iterator<ExpiryItem> deleted) {
		String previous = "";
		while (deleted.hasNext()) {
			String directory = deleted.next().key().directory();
			if (!directory.equals(previous)) {
				removeUpwards(previous, directory);
				previous = directory;
			}
		}
		removeUpwards(previous, "");
	}

	/** Removes a directory and those of its parents that do not contain the next one. */
	private void removeUpwards(String directory, String next) {
		String current = directory;
		while (this.policy.isRetained(current) && !next.startsWith(current)) {
			remove(new ObjectKey(current));
			current = new ObjectKey(current).directory();
		}
	}

	/**
	 * Removes one directory if it is empty. The gateway would take the delete of
	 * {@code name/} for that of a plain file called {@code name}, so it must be listed as
	 * an empty directory first.
	 */
	private boolean remove(ObjectKey directory) {
		this.stop.check();
		if (!isEmptyDirectory(directory)) {
			return false;
		}
		this.bucket.delete(directory);
		return !this.bucket.hasDirectory(directory);
	}

	private boolean isEmptyDirectory(ObjectKey directory) {
		return this.bucket.list(directory.value(), null)
			.entries()
			.stream()
			.allMatch((entry) -> entry.name().equals(directory.value())) && this.bucket.hasDirectory(directory);
	}

}
