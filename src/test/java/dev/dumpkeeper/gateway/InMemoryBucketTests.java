package dev.dumpkeeper.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.dumpkeeper.gateway.GatewayException.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InMemoryBucket}.
 */
@ParameterizedClass
@EnumSource
class InMemoryBucketTests extends JuicefsBucketContractTests {

	private static final Instant OLD = Instant.parse("2026-11-01T10:11:12.345Z");

	@Parameter
	private InMemoryBucket.Manners manners = InMemoryBucket.Manners.JUICEFS_1_4;

	@Override
	InMemoryBucket empty() {
		return new InMemoryBucket("jfsdata").manners(this.manners);
	}

	@Override
	DumpBucket large() {
		InMemoryBucket bucket = empty();
		for (int i = 0; i < LARGE; i++) {
			bucket.with(nameInLarge(i), i, OLD);
		}
		return bucket;
	}

	@Override
	DumpBucket absent() {
		return new InMemoryGateway().volume("absent");
	}

	@Override
	DumpBucket madeByAPod() {
		return empty().withDirectory("dumpfiles").withDirectory("jfsdata/shadow");
	}

	@Override
	void makeUndeletable(DumpBucket bucket, String name) {
		((InMemoryBucket) bucket).undeletable(name);
	}

	@Override
	boolean deletesByDirectory() {
		return this.manners == InMemoryBucket.Manners.JUICEFS_1_4;
	}

	// Nobody listens at the address of a bucket in memory.
	@Test
	@Override
	void aSignedLinkLetsAnybodyDownloadThatObjectAndNoOther() {
		assertThat(empty().presign(new ObjectKey("d/a b"), Duration.ofMinutes(5)).toString())
			.endsWith("a+b?validity=300");
	}

	@Test
	void aHeadHasWholeSecondsAndAListingHasMore() {
		InMemoryBucket bucket = empty().with("d/a", 1, OLD);
		assertThat(bucket.list("", null).entries()).containsExactly(new ObjectEntry("d/a", 1, OLD));
		assertThat(bucket.stat(new ObjectKey("d/a"))).map(ObjectEntry::lastModified)
			.hasValue(Instant.parse("2026-11-01T10:11:12Z"));
	}

	@Test
	void hooksRunBeforeTheCallChecks() {
		InMemoryBucket bucket = empty().with("d/a", 1, OLD).with("d/b", 1, OLD);
		bucket.beforeList(() -> bucket.without("d/a"));
		assertThat(names(bucket, "")).containsExactly("d/b");
		bucket.beforeStat(() -> bucket.with("d/c", 3, OLD));
		assertThat(bucket.stat(new ObjectKey("d/c"))).isPresent();
		List<String> seen = new ArrayList<>();
		bucket.beforeDelete(() -> seen.addAll(bucket.files()));
		bucket.delete(new ObjectKey("d/b"));
		assertThat(seen).containsExactly("d/b", "d/c");
		AtomicInteger puts = new AtomicInteger();
		bucket.beforePut(puts::incrementAndGet).put(new ObjectKey("e"), new byte[0]);
		assertThat(puts).hasValue(1);
	}

	@Test
	void aHookBehindADeletionLosesItsAnswer() {
		InMemoryBucket bucket = empty().with("d/a", 1, OLD).with("d/b", 1, OLD).afterDelete(() -> {
			throw new GatewayException(Kind.UNAVAILABLE, "lost", null);
		});
		assertFails(Kind.UNAVAILABLE, () -> bucket.deleteAll(keys("d/a")));
		assertThat(bucket.files()).containsExactly("d/b");
	}

	@Test
	void oneKeyFailsAndOthersDoNot() {
		InMemoryBucket bucket = empty().with("d/a", 1, OLD).with("d/b", 1, OLD).failing("d/a", Kind.DENIED);
		assertFails(Kind.DENIED, () -> bucket.stat(new ObjectKey("d/a")));
		assertFails(Kind.DENIED, () -> bucket.deleteAll(keys("d/b", "d/a")));
		assertThat(bucket.stat(new ObjectKey("d/b"))).isPresent();
	}

	@Test
	void aFullVolumeTakesNothingAndGivesAway() {
		InMemoryBucket bucket = empty().with("d/a", 1, OLD).full(true);
		assertFails(Kind.FULL, () -> bucket.put(new ObjectKey("d/.keep"), new byte[0]));
		bucket.delete(new ObjectKey("d/a"));
		bucket.full(false).clock(InstantSource.fixed(OLD)).put(new ObjectKey("d/.keep"), new byte[2]);
		assertThat(bucket.list("", null).entries()).containsExactly(new ObjectEntry("d/.keep", 2, OLD));
	}

	@Test
	void anOutageFailsEveryCallUntilItIsOver() {
		InMemoryBucket bucket = empty().with("d/a", 1, OLD).outage(Kind.UNAVAILABLE);
		assertFails(Kind.UNAVAILABLE, () -> bucket.list("", null));
		assertFails(Kind.UNAVAILABLE, () -> bucket.delete(new ObjectKey("d/a")));
		assertThat(names(bucket.outage(null), "")).containsExactly("d/a");
	}

	@Test
	void whatIsOmittedIsThereAllTheSame() {
		InMemoryBucket bucket = empty().with("d/a", 1, OLD).with("d/b", 1, OLD).omitting("d/a"::equals);
		assertThat(names(bucket, "")).containsExactly("d/b");
		assertThat(bucket.stat(new ObjectKey("d/a"))).isPresent();
	}

	@Test
	void callsAreRemembered() {
		InMemoryBucket bucket = empty().with("d/a", 1, OLD).pageSize(1);
		bucket.deleteAll(keys("d/a", "d/b"));
		bucket.delete(new ObjectKey("d/c"));
		assertThat(bucket.calls()).containsExactly("deleteAll d/a d/b", "delete d/c");
		assertThat(bucket.calls("delete")).containsExactly("d/c");
	}

	@Test
	void namesThatAreNoKeysAreListed() {
		InMemoryBucket bucket = empty().with("d/\uFFFD", 1, OLD).withDirectory("e");
		assertThat(names(bucket, "")).containsExactly("d/\uFFFD", "e/");
		assertThat(bucket.directories()).containsExactly("d/", "e/");
		assertThat(bucket.content("d/\uFFFD")).hasValue("");
	}

}
