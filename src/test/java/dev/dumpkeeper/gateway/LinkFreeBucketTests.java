package dev.dumpkeeper.gateway;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.PathResolver.Reached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link LinkFreeBucket}: what a link leads to is neither shown nor touched.
 */
class LinkFreeBucketTests {

	private static final ObjectKey OWN = new ObjectKey("dumpfiles/a.hprof");

	private static final ObjectKey LINKED = new ObjectKey("dumpfiles/b/secret.hprof");

	private static final ObjectKey LINK = new ObjectKey("dumpfiles/b/");

	private final Paths paths = new Paths();

	private final InMemoryBucket inside = new InMemoryBucket("shop");

	private final DumpBucket bucket = new LinkFreeBucket(this.inside, this.paths);

	LinkFreeBucketTests() {
		put(OWN);
		put(LINKED);
		this.paths.reached.put(LINKED.value(), Reached.BY_LINK);
		this.paths.reached.put(LINK.value(), Reached.BY_LINK);
	}

	private void put(ObjectKey key) {
		this.inside.put(key, new byte[] { 1, 2, 3 });
	}

	@Test
	void aListingLeavesOutWhatALinkLeadsToAndNamesIt() {
		ListingPage page = this.bucket.list("", null);
		assertThat(page.entries()).extracting(ObjectEntry::name).containsExactly(OWN.value());
		assertThat(page.linked()).containsExactly(LINKED.value());
	}

	@Test
	void ownersAreComparedByTheMetadata() {
		assertThat(this.bucket.haveOneOwner(OWN, new ObjectKey("dumpfiles/b.hprof"))).isTrue();
		assertThat(this.bucket.haveOneOwner(OWN, new ObjectKey("a.hprof"))).isFalse();
		assertThat(this.inside.haveOneOwner(OWN, new ObjectKey("a.hprof"))).isTrue();
	}

	@Test
	void aListingLeavesOutWhatTheMetadataDoesNotKnowAnyMore() {
		this.paths.reached.put(OWN.value(), Reached.NOT_AT_ALL);
		put(new ObjectKey("dumpfiles/c.hprof"));
		assertThat(this.bucket.list("", null).entries()).extracting(ObjectEntry::name)
			.containsExactly("dumpfiles/c.hprof");
	}

	@Test
	void metadataThatKnowsNothingOfWhatIsThereIsAnotherFileSystems() {
		this.inside.delete(LINKED);
		this.paths.reached.put(OWN.value(), Reached.NOT_AT_ALL);
		assertThatThrownBy(() -> this.bucket.list("", null)).isInstanceOf(GatewayException.class)
			.hasMessageContaining("dumpkeeper.metadata.url")
			.hasMessageContaining(OWN.value())
			.extracting("kind")
			.isEqualTo(Kind.REJECTED);
	}

	@Test
	void aHeadDoesNotFindIt() {
		assertThat(this.bucket.stat(LINKED)).isEmpty();
		assertThat(this.bucket.stat(OWN)).isPresent();
		assertThat(this.bucket.hasDirectory(LINK)).isFalse();
	}

	@Test
	void aReadGetsNothing() {
		assertThat(this.bucket.read(LINKED, 3)).isEmpty();
		assertThat(this.bucket.read(OWN, 3)).isPresent();
	}

	@Test
	void noAddressIsSignedForIt() {
		assertThatThrownBy(() -> this.bucket.presign(LINKED, Duration.ofMinutes(1)))
			.isInstanceOf(GatewayException.class)
			.extracting("kind")
			.isEqualTo(Kind.NOT_FOUND);
		assertThat(this.bucket.presign(OWN, Duration.ofMinutes(1))).isNotNull();
	}

	@Test
	void nothingIsWrittenThroughALink() {
		ObjectKey below = new ObjectKey("dumpfiles/b/.keep");
		assertThatThrownBy(() -> this.bucket.put(below, new byte[0])).hasMessageContaining("symbolic link");
		assertThat(this.inside.stat(below)).isEmpty();
	}

	@Test
	void aDeleteDoesNotReachIt() {
		assertThatThrownBy(() -> this.bucket.delete(LINKED)).hasMessageContaining("symbolic link");
		assertThat(this.inside.stat(LINKED)).isPresent();
	}

	@Test
	void aBulkDeleteThatNamesItDeletesNothing() {
		assertThatThrownBy(() -> this.bucket.deleteAll(List.of(OWN, LINKED))).hasMessageContaining("symbolic link");
		assertThat(this.inside.stat(LINKED)).isPresent();
		assertThat(this.inside.stat(OWN)).isPresent();
	}

	@Test
	void aDeleteOfWhatIsNotThereIsNotSent() {
		this.paths.reached.put(OWN.value(), Reached.NOT_AT_ALL);
		this.bucket.delete(OWN);
		assertThat(this.inside.stat(OWN)).isPresent();
	}

	@Test
	void itShowsWhichKeysALinkLeadsTo() {
		assertThat(this.bucket.reachedByLink(List.of(OWN, LINKED))).containsExactly(LINKED);
	}

	@Test
	void whenThePathsCannotBeFoundOutNothingIsShownOrTouched() {
		this.paths.failure = new GatewayException(Kind.UNAVAILABLE, "away", null);
		assertThatThrownBy(() -> this.bucket.list("", null)).hasMessage("away");
		assertThatThrownBy(() -> this.bucket.stat(OWN)).hasMessage("away");
		assertThatThrownBy(() -> this.bucket.read(OWN, 1)).hasMessage("away");
		assertThatThrownBy(() -> this.bucket.delete(OWN)).hasMessage("away");
		assertThatThrownBy(() -> this.bucket.deleteAll(List.of(OWN))).hasMessage("away");
		assertThatThrownBy(() -> this.bucket.presign(OWN, Duration.ofMinutes(1))).hasMessage("away");
		assertThat(this.inside.stat(OWN)).isPresent();
	}

	private static final class Paths implements PathResolver {

		final Map<String, Reached> reached = new HashMap<>();

		private GatewayException failure;

		@Override
		public Map<String, Reached> resolve(String volume, Collection<String> names) {
			if (this.failure != null) {
				throw this.failure;
			}
			return names.stream()
				.collect(Collectors.toMap((name) -> name, (name) -> this.reached.getOrDefault(name,
						name.startsWith(LINK.value()) ? Reached.BY_LINK : Reached.DIRECTLY)));
		}

		@Override
		public boolean haveOneOwner(String volume, ObjectKey one, ObjectKey other) {
			return one.directory().equals(other.directory());
		}

	}

}
