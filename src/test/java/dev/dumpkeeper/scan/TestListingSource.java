package dev.dumpkeeper.scan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ListingPage;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;

/**
 * A source of listings that shows a file system in memory, which may be another one than
 * the gateway's.
 */
final class TestListingSource implements ListingSource {

	final List<String> opened = new ArrayList<>();

	private final InMemoryGateway files;

	private @Nullable String refusal;

	private int pagesUntilItIsAway = Integer.MAX_VALUE;

	private int closed;

	private boolean mayLag;

	TestListingSource(InMemoryGateway files) {
		this.files = files;
	}

	TestListingSource refusing(String refusal) {
		this.refusal = refusal;
		return this;
	}

	TestListingSource awayAfter(int pages) {
		this.pagesUntilItIsAway = pages;
		return this;
	}

	boolean isClosed() {
		return this.closed == this.opened.size();
	}

	@Override
	public Set<String> volumes() {
		if (this.refusal != null) {
			throw new GatewayException(Kind.DENIED, this.refusal, null);
		}
		return new TreeSet<>(this.files.volumes());
	}

	@Override
	public Listing open(String volume) {
		this.opened.add(volume);
		return new Listing() {

			private @Nullable String continuation;

			private int pages;

			@Override
			public ListingPage next() {
				if (++this.pages > TestListingSource.this.pagesUntilItIsAway) {
					throw new GatewayException(Kind.UNAVAILABLE, "the metadata database is away", null);
				}
				ListingPage page = TestListingSource.this.files.volume(volume).list("", this.continuation);
				this.continuation = page.next();
				return page;
			}

			@Override
			public void close() {
				TestListingSource.this.closed++;
			}

		};
	}

	@Override
	public Optional<ObjectEntry> stat(String volume, ObjectKey key) {
		return this.files.volume(volume).stat(key);
	}

	@Override
	public Map<ObjectKey, ObjectEntry> stat(String volume, Collection<ObjectKey> keys) {
		if (this.mayLag) {
			throw new GatewayException(Kind.UNAVAILABLE, "a replica", null);
		}
		Map<ObjectKey, ObjectEntry> found = new HashMap<>();
		keys.forEach((key) -> stat(volume, key).ifPresent((entry) -> found.put(key, entry)));
		return found;
	}

	TestListingSource replica() {
		this.mayLag = true;
		return this;
	}

	@Override
	public boolean mayLag() {
		return this.mayLag;
	}

}
