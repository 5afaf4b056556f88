package dev.dumpkeeper.scan;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.ListingPage;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.PageWatch;
import dev.dumpkeeper.run.StopSignal;

/**
 * Lists everything below a prefix, page by page and in key order. Aborts a listing that
 * does not end: a symbolic link to a parent directory makes the gateway list for ever.
 */
public final class BucketLister {

	/** A name that contains it was not valid UTF-8, so its position cannot be checked. */
	private static final char REPLACEMENT = '\uFFFD';

	private final long maxObjects;

	private final Duration timeLimit;

	private final StopSignal stop;

	BucketLister(ScanProperties properties, StopSignal stop) {
		this.maxObjects = properties.maxObjects();
		this.timeLimit = properties.timeLimit();
		this.stop = stop;
	}

	/**
	 * Lists the objects below a prefix.
	 * @param bucket the volume
	 * @param prefix what names start with, the empty string for all
	 * @param each receives each entry, in strictly ascending order of names
	 * @return the names that were omitted because they are reached through symbolic links
	 * @throws UntrustedListingException when names do not ascend or a limit is exceeded
	 * @throws dev.dumpkeeper.gateway.GatewayException when the gateway fails
	 * @throws dev.dumpkeeper.run.StoppedException when a stop was requested
	 */
	public Links forEach(DumpBucket bucket, String prefix, Consumer<ObjectEntry> each) {
		return forEach((continuation) -> bucket.list(prefix, continuation), each);
	}

	Links forEach(Pages pages, Consumer<ObjectEntry> each) {
		long deadline = System.nanoTime() + this.timeLimit.toNanos();
		PageWatch watch = PageWatch.ofAny();
		String previous = null;
		String continuation = null;
		long count = 0;
		Links links = Links.NONE;
		do {
			this.stop.check();
			if (System.nanoTime() > deadline) {
				throw new UntrustedListingException("the listing did not end within scan.time-limit ("
						+ this.timeLimit.toMinutes() + " min, " + count + " objects so far)");
			}
			ListingPage page = pages.page(continuation);
			for (ObjectEntry entry : page.entries()) {
				previous = ascending(previous, entry.name());
				each.accept(entry);
			}
			links = links.and(page.linked());
			count += page.entries().size() + page.linked().size();
			if (count > this.maxObjects) {
				throw new UntrustedListingException("more than scan.max-objects (" + this.maxObjects
						+ ") objects; a symbolic link that leads back to a parent makes a listing endless");
			}
			continuation = watch.next(continuation, page);
		}
		while (continuation != null);
		return links;
	}

	private static @Nullable String ascending(@Nullable String previous, String name) {
		if (name.indexOf(REPLACEMENT) >= 0) {
			return previous;
		}
		if (previous != null && ObjectKey.compare(previous, name) >= 0) {
			throw new UntrustedListingException("names do not ascend (\"" + name + "\" after \"" + previous
					+ "\"); a symbolic link that leads back to a parent makes a listing endless");
		}
		return name;
	}

	/** Returns the page for a token, {@code null} for the first. */
	interface Pages {

		ListingPage page(@Nullable String continuation);

	}

	/**
	 * Names that were omitted because they are reached through symbolic links.
	 *
	 * @param names how many, 0 or more
	 * @param example one of them, {@code null} if there is none
	 */
	public record Links(long names, @Nullable String example) {

		static final Links NONE = new Links(0, null);

		private Links and(List<String> more) {
			return more.isEmpty() ? this
					: new Links(this.names + more.size(), (this.example != null) ? this.example : more.get(0));
		}

	}

}
