package dev.dumpkeeper.gateway;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.GatewayException.Kind;

/**
 * Detects a listing without progress: page after page without a name, or the same page
 * again. Used for one listing by one thread.
 */
public final class PageWatch {

	private static final int MAX_EMPTY = 100;

	/** The maximum for a listing that is short with any genuine gateway. */
	private static final int MAX_PAGES = 100;

	private static final Duration MAX_TIME = Duration.ofMinutes(10);

	private final int maxPages;

	private final long deadline;

	private int pages;

	private int empty;

	private PageWatch(int maxPages, long deadline) {
		this.maxPages = maxPages;
		this.deadline = deadline;
	}

	/**
	 * Creates a watch for a listing whose length the caller limits.
	 * @return a new one
	 */
	public static PageWatch ofAny() {
		return new PageWatch(Integer.MAX_VALUE, Long.MAX_VALUE);
	}

	/** Creates a watch for a listing of a few pages. */
	static PageWatch ofFew() {
		return new PageWatch(MAX_PAGES, System.nanoTime() + MAX_TIME.toNanos());
	}

	/**
	 * Checks whether the listing may continue after a page.
	 * @param asked the token of this page, {@code null} for the first
	 * @param page the page that the gateway returned for it
	 * @return {@link ListingPage#next()}
	 * @throws GatewayException as {@link Kind#REJECTED} when the listing makes no
	 * progress
	 */
	public @Nullable String next(@Nullable String asked, ListingPage page) {
		String next = page.next();
		if (next == null) {
			return null;
		}
		this.empty = (page.entries().isEmpty() && page.linked().isEmpty()) ? this.empty + 1 : 0;
		this.pages++;
		if (next.equals(asked)) {
			throw endless("the same page again and again");
		}
		if (this.empty >= MAX_EMPTY) {
			throw endless(MAX_EMPTY + " pages without a name");
		}
		if (this.pages >= this.maxPages) {
			throw endless("more than " + this.maxPages + " pages where a few were expected");
		}
		if (this.deadline != Long.MAX_VALUE && System.nanoTime() - this.deadline > 0) {
			throw endless("pages for more than " + MAX_TIME.toMinutes() + " minutes");
		}
		return next;
	}

	private static GatewayException endless(String what) {
		return new GatewayException(Kind.REJECTED, "the gateway answers a listing with " + what, null);
	}

}
