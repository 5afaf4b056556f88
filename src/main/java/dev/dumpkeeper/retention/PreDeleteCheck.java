package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.scan.BucketLister;

/**
 * Checks items again right before they are deleted: the plan may be minutes old or was
 * approved days later, and a new dump may have been written under an old name.
 * <p>
 * The two ways to check differ in cost. A HEAD request costs the gateway about a
 * millisecond; a second listing costs 50 microseconds for each object of the directory,
 * including those that stay. If more than a twentieth of the directory expires, it is
 * therefore listed again just before its sweep and merged with the plan; otherwise, and
 * for items that an outdated listing lacks, each object gets a HEAD request.
 */
final class PreDeleteCheck {

	/**
	 * How long a second listing is valid: at a thousand deletes a second, enough for some
	 * ten thousand of them beside a second volume.
	 */
	private static final Duration FRESH = Duration.ofSeconds(60);

	/** One HEAD costs about as much as listing this many objects. */
	private static final int HEAD_COST = 20;

	/** Below this number, HEAD requests are quick in any case. */
	private static final int FEW = 20;

	/** Above this number of missing keys, the listing is not used. */
	private static final int MAX_MISSING = 10_000;

	private final DumpBucket bucket;

	private final InstantSource clock;

	private final Set<Integer> missing = new HashSet<>();

	private @Nullable Instant listedAt;

	PreDeleteCheck(DumpBucket bucket, InstantSource clock) {
		this.bucket = bucket;
		this.clock = clock;
	}

	static boolean isListingCheaper(long items, long objects) {
		return items > FEW && items * HEAD_COST > objects;
	}

	/**
	 * Lists the directories again.
	 * @param items the planned items, in key order
	 * @return the items that were written since they were planned
	 */
	List<ExpiryItem> list(BucketLister lister, List<DirectoryPath> directories, Iterator<ExpiryItem> items) {
		Instant start = this.clock.instant();
		Merge merge = new Merge(items);
		for (String prefix : disjoint(directories)) {
			lister.forEach(this.bucket, prefix, merge::visit);
		}
		merge.end();
		this.listedAt = (this.missing.size() > MAX_MISSING) ? null : start;
		return merge.changed;
	}

	/**
	 * Returns prefixes in key order, none within another, so that their combined listing
	 * ascends.
	 */
	private static List<String> disjoint(List<DirectoryPath> directories) {
		List<String> prefixes = new ArrayList<>();
		directories.stream().map(DirectoryPath::prefix).sorted(ObjectKey::compare).forEach((prefix) -> {
			if (prefixes.stream().noneMatch(prefix::startsWith)) {
				prefixes.add(prefix);
			}
		});
		return prefixes;
	}

	/** Whether an item has to be checked separately, right before its deletion. */
	boolean isNeeded(ExpiryItem item) {
		Instant listed = this.listedAt;
		return listed == null || item.outcome() == Outcome.DELETE_SENT || this.missing.contains(item.seq())
				|| listed.plus(FRESH).isBefore(this.clock.instant());
	}

	/** Compares the plan with the second listing, both in key order. */
	private final class Merge {

		private final Iterator<ExpiryItem> items;

		private final List<ExpiryItem> changed = new ArrayList<>();

		private @Nullable ExpiryItem head;

		Merge(Iterator<ExpiryItem> items) {
			this.items = items;
			advance();
		}

		private void advance() {
			this.head = null;
			while (this.head == null && this.items.hasNext()) {
				ExpiryItem item = this.items.next();
				this.head = item.isDirectory() ? null : item;
			}
		}

		void visit(ObjectEntry entry) {
			while (this.head != null && ObjectKey.compare(this.head.key().value(), entry.name()) < 0) {
				recordMissing(this.head);
			}
			if (this.head != null && this.head.key().value().equals(entry.name())) {
				if (!entry.isUnchangedSince(this.head.size(), this.head.lastModified())) {
					this.changed.add(this.head);
				}
				advance();
			}
		}

		/** A listing does not prove absence, so the item gets a HEAD request. */
		private void recordMissing(ExpiryItem item) {
			if (PreDeleteCheck.this.missing.size() <= MAX_MISSING) {
				PreDeleteCheck.this.missing.add(item.seq());
			}
			advance();
		}

		void end() {
			while (this.head != null) {
				recordMissing(this.head);
			}
		}

	}

}
