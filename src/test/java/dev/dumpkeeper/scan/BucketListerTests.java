package dev.dumpkeeper.scan;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.BulkAnswer;
import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.ListingPage;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.StoppedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BucketLister}.
 */
class BucketListerTests {

	private static final Instant OLD = Instant.parse("2026-11-01T10:11:12Z");

	private final StopSignal stop = new StopSignal();

	private final List<String> seen = new ArrayList<>();

	@Test
	void everythingIsSeenOnceInOrderOverManyPages() {
		InMemoryBucket bucket = new InMemoryBucket("jfsdata").pageSize(7).withDirectory("empty");
		List<String> names = new ArrayList<>(List.of("empty/"));
		for (int i = 0; i < 50; i++) {
			bucket.with("f/%02d".formatted(i), i, OLD);
			names.add("f/%02d".formatted(i));
		}
		walk(bucket, "");
		assertThat(this.seen).containsExactlyElementsOf(names);
		assertThat(bucket.calls("list")).hasSize(8);
	}

	@Test
	void onlyWhatBeginsWithThePrefixIsSeen() {
		walk(new InMemoryBucket("jfsdata").with("a/x", 1, OLD).with("b/x", 1, OLD), "b/");
		assertThat(this.seen).containsExactly("b/x");
	}

	@Test
	void anEmptyVolumeIsWalked() {
		walk(new InMemoryBucket("jfsdata"), "");
		assertThat(this.seen).isEmpty();
	}

	@Test
	void emptyPagesWithoutAnEndAreGivenUp() {
		AtomicInteger pages = new AtomicInteger();
		Listing endless = (number) -> new ListingPage(List.of(), "t" + pages.incrementAndGet());
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> walk(endless, ""))
			.withMessageContaining("pages without a name");
		assertThat(pages).hasValue(100);
	}

	@Test
	void namesThatDoNotAscendAreNotTrusted() {
		assertThatExceptionOfType(UntrustedListingException.class).isThrownBy(() -> walk(page("a", "c", "b"), ""))
			.withMessageContaining("\"b\" after \"c\"");
		assertThat(this.seen).containsExactly("a", "c");
	}

	@Test
	void aNameThatComesTwiceIsNotTrusted() {
		assertThatExceptionOfType(UntrustedListingException.class).isThrownBy(() -> walk(page("a", "a"), ""));
	}

	@Test
	void namesAscendAcrossPages() {
		Listing again = (number) -> new ListingPage(entries("a", "b"), (number < 3) ? "more" : null);
		assertThatExceptionOfType(UntrustedListingException.class).isThrownBy(() -> walk(again, ""))
			.withMessageContaining("\"a\" after \"b\"");
		assertThat(this.seen).containsExactly("a", "b");
	}

	@Test
	void namesAscendByTheirBytes() {
		walk(page("\uFF5E", "\uD83D\uDE00"), "");
		assertThat(this.seen).hasSize(2);
		assertThatExceptionOfType(UntrustedListingException.class)
			.isThrownBy(() -> walk(page("\uD83D\uDE00", "\uFF5E"), ""));
	}

	@Test
	void namesThatAreNotUtf8HaveNoOrder() {
		walk(page("a\uFFFD", "a\uFFFD", "a", "b"), "");
		assertThat(this.seen).hasSize(4);
	}

	@Test
	void namesAroundOneThatIsNotUtf8StillHaveTo() {
		assertThatExceptionOfType(UntrustedListingException.class).isThrownBy(() -> walk(page("b", "\uFFFD", "a"), ""));
	}

	@Test
	void anEndlessListingIsGivenUpAfterTheGreatestNumberOfObjects() {
		AtomicInteger pages = new AtomicInteger();
		Listing endless = (number) -> {
			pages.incrementAndGet();
			return new ListingPage(entries("%05d".formatted(2 * number), "%05d".formatted(2 * number + 1)), "more");
		};
		BucketLister lister = walk(9, Duration.ofHours(1));
		assertThatExceptionOfType(UntrustedListingException.class)
			.isThrownBy(() -> lister.forEach(endless, "", this::see))
			.withMessageContaining("scan.max-objects (9)");
		assertThat(pages).hasValue(5);
	}

	@Test
	void theGreatestNumberOfObjectsIsStillAllowed() {
		walk(2, Duration.ofHours(1)).forEach(page("a", "b"), "", this::see);
		assertThat(this.seen).hasSize(2);
	}

	@Test
	void aListingThatTakesTooLongIsGivenUp() {
		Listing slow = (number) -> {
			long until = System.nanoTime() + Duration.ofMillis(5).toNanos();
			while (System.nanoTime() < until) {
				Thread.onSpinWait();
			}
			return new ListingPage(entries("%09d".formatted(number)), "more");
		};
		BucketLister lister = walk(Long.MAX_VALUE, Duration.ofMillis(20));
		assertThatExceptionOfType(UntrustedListingException.class).isThrownBy(() -> lister.forEach(slow, "", this::see))
			.withMessageContaining("scan.time-limit");
		assertThat(this.seen).hasSizeBetween(1, 5);
	}

	@Test
	void aStopEndsTheWalkBeforeTheNextPage() {
		Listing listing = (number) -> {
			this.stop.raise();
			return new ListingPage(entries("%05d".formatted(number)), "more");
		};
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> walk(listing, ""));
		assertThat(this.seen).containsExactly("00000");
	}

	@Test
	void aStopBeforeTheWalkLetsNothingBeAsked() {
		this.stop.raise();
		InMemoryBucket bucket = new InMemoryBucket("jfsdata");
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> walk(bucket, ""));
		assertThat(bucket.calls()).isEmpty();
	}

	@Test
	void aFailureOfTheGatewayIsPassedOn() {
		InMemoryBucket bucket = new InMemoryBucket("jfsdata").outage(GatewayException.Kind.UNAVAILABLE);
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> walk(bucket, ""));
	}

	private void walk(DumpBucket bucket, String prefix) {
		walk(1000, Duration.ofHours(1)).forEach(bucket, prefix, this::see);
	}

	private BucketLister walk(long maxObjects, Duration timeLimit) {
		return new BucketLister(new ScanProperties(1, maxObjects, timeLimit, ListingOrigin.AUTO), this.stop);
	}

	private void see(ObjectEntry entry) {
		this.seen.add(entry.name());
	}

	private static Listing page(String... names) {
		return (number) -> new ListingPage(entries(names), null);
	}

	private static List<ObjectEntry> entries(String... names) {
		return Stream.of(names).map((name) -> new ObjectEntry(name, 1, OLD)).toList();
	}

	/**
	 * A volume that can only be listed, page after page; {@link InMemoryBucket} never
	 * misorders names.
	 */
	private interface Listing extends DumpBucket {

		ListingPage page(int number);

		@Override
		default boolean hasDirectory(ObjectKey directory) {
			throw new UnsupportedOperationException();
		}

		@Override
		default String volume() {
			return "jfsdata";
		}

		@Override
		default ListingPage list(String prefix, @Nullable String continuation) {
			int number = (continuation == null) ? 0 : Integer.parseInt(continuation);
			ListingPage page = page(number);
			return (page.next() == null) ? page : new ListingPage(page.entries(), String.valueOf(number + 1));
		}

		@Override
		default Optional<ObjectEntry> stat(ObjectKey key) {
			throw new UnsupportedOperationException();
		}

		@Override
		default Optional<byte[]> read(ObjectKey key, long offset, int limit) {
			throw new UnsupportedOperationException();
		}

		@Override
		default URI presign(ObjectKey key, Duration validity) {
			throw new UnsupportedOperationException();
		}

		@Override
		default void put(ObjectKey key, byte[] content) {
			throw new UnsupportedOperationException();
		}

		@Override
		default void delete(ObjectKey key) {
			throw new UnsupportedOperationException();
		}

		@Override
		default boolean mayDeleteInBulk(String directory) {
			throw new UnsupportedOperationException();
		}

		@Override
		default BulkAnswer deleteAll(List<ObjectKey> keys) {
			throw new UnsupportedOperationException();
		}

	}

}
