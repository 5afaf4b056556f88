package dev.dumpkeeper.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What every {@link DumpBucket} does, whatever is behind it.
 */
abstract class DumpBucketContractTests {

	/** How many objects {@link #large()} has. */
	static final int LARGE = 2500;

	private static final List<String> ODD = List.of("dumpfiles/odd +%'\"&<>?#\\\u00fc\uD83D\uDE00.hprof",
			"dumpfiles/line\nbreak", "dumpfiles/%41", "dumpfiles/a+b", "dumpfiles/a b", "dumpfiles/a%20b");

	/** The names of objects in {@link #large()}. */
	static String nameInLarge(int index) {
		return "dumpfiles/%04d.hprof".formatted(index);
	}

	/** A volume without objects that no other test uses. */
	abstract DumpBucket empty();

	/** A volume with {@link #LARGE} objects of as many bytes as their index says. */
	abstract DumpBucket large();

	/** A volume that is not there. */
	abstract DumpBucket absent();

	/** Whether a volume is a bucket, so that its absence is reported. */
	boolean volumesAreBuckets() {
		return true;
	}

	@Test
	void anEmptyVolumeListsNothing() {
		assertThat(empty().list("", null)).isEqualTo(new ListingPage(List.of(), null));
	}

	@Test
	void aListingIsInTheOrderOfBytes() {
		DumpBucket bucket = empty();
		List<String> names = List.of("B", "a b", "a-b", "a.b", "a/b", "a/b-c", "a/b.c", "a0", "\u00fc");
		names.forEach((name) -> put(bucket, name, "x"));
		assertThat(names(bucket, "")).containsExactlyElementsOf(names);
	}

	@Test
	void aListingOfManyObjectsComesInPagesOf1000() {
		DumpBucket bucket = large();
		List<Integer> pages = new ArrayList<>();
		List<ObjectEntry> entries = new ArrayList<>();
		String continuation = null;
		do {
			ListingPage page = bucket.list("", continuation);
			pages.add(page.entries().size());
			entries.addAll(page.entries());
			continuation = page.next();
		}
		while (continuation != null);
		assertThat(pages).containsExactly(1000, 1000, 500);
		assertThat(entries).extracting(ObjectEntry::name)
			.containsExactlyElementsOf(
					IntStream.range(0, LARGE).mapToObj(DumpBucketContractTests::nameInLarge).toList());
		assertThat(entries).extracting(ObjectEntry::size)
			.containsExactlyElementsOf(IntStream.range(0, LARGE).mapToObj(Long::valueOf).toList());
	}

	@Test
	void aListingHasOnlyWhatBeginsWithThePrefix() {
		assertThat(names(large(), "dumpfiles/001")).hasSize(10)
			.allSatisfy((name) -> assertThat(name).startsWith("dumpfiles/001"));
		assertThat(names(large(), "other/")).isEmpty();
	}

	@Test
	void aPrefixIsTakenByTheLetter() {
		DumpBucket bucket = empty();
		put(bucket, "a+b %/x", "1");
		put(bucket, "a b %/y", "1");
		assertThat(names(bucket, "a+b %/")).containsExactly("a+b %/x");
	}

	@Test
	void aCheckShowsSizeAndTime() {
		DumpBucket bucket = empty();
		put(bucket, "dumpfiles/a.hprof", "seven..");
		ObjectEntry seen = bucket.stat(new ObjectKey("dumpfiles/a.hprof")).orElseThrow();
		assertThat(seen.name()).isEqualTo("dumpfiles/a.hprof");
		assertThat(seen.size()).isEqualTo(7);
		assertThat(Duration.between(seen.lastModified(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(2));
	}

	@Test
	void aHeadAgreesWithTheListing() {
		DumpBucket bucket = empty();
		put(bucket, "dumpfiles/a.hprof", "x");
		ObjectEntry listed = bucket.list("", null).entries().get(0);
		assertThat(bucket.stat(new ObjectKey(listed.name()))).hasValueSatisfying(
				(seen) -> assertThat(seen.isUnchangedSince(listed.size(), listed.lastModified())).isTrue());
	}

	@Test
	void whatIsNotThereIsEmpty() {
		DumpBucket bucket = empty();
		put(bucket, "dumpfiles/a.hprof", "x");
		assertThat(bucket.stat(new ObjectKey("dumpfiles/b.hprof"))).isEmpty();
		assertThat(bucket.stat(new ObjectKey("nowhere/b.hprof"))).isEmpty();
		assertThat(bucket.read(new ObjectKey("dumpfiles/b.hprof"), 10)).isEmpty();
	}

	@Test
	void theFrontOfAnObjectIsRead() {
		DumpBucket bucket = empty();
		put(bucket, "dumpfiles/.keep", "keepdir");
		assertThat(read(bucket, "dumpfiles/.keep", 4)).isEqualTo("keep");
		assertThat(read(bucket, "dumpfiles/.keep", 7)).isEqualTo("keepdir");
		assertThat(read(bucket, "dumpfiles/.keep", 4096)).isEqualTo("keepdir");
	}

	@Test
	void aRangeOfAnObjectIsReadAsFarAsTheObjectGoes() {
		DumpBucket bucket = empty();
		put(bucket, "dumpfiles/.keep", "keepdir");
		assertThat(bucket.read(new ObjectKey("dumpfiles/.keep"), 4, 2)).hasValue(new byte[] { 'd', 'i' });
		assertThat(bucket.read(new ObjectKey("dumpfiles/.keep"), 6, 100)).hasValue(new byte[] { 'r' });
		assertThat(bucket.read(new ObjectKey("dumpfiles/.keep"), 7, 100)).hasValue(new byte[0]);
		assertThat(bucket.read(new ObjectKey("dumpfiles/none"), 7, 100)).isEmpty();
	}

	@Test
	void anEmptyObjectIsAnObject() {
		DumpBucket bucket = empty();
		put(bucket, "dumpfiles/.keep", "");
		assertThat(bucket.stat(new ObjectKey("dumpfiles/.keep"))).map(ObjectEntry::size).hasValue(0L);
		assertThat(names(bucket, "")).containsExactly("dumpfiles/.keep");
	}

	@Test
	void anEmptyObjectReadsAsNoBytes() {
		DumpBucket bucket = empty();
		put(bucket, "dumpfiles/.keep", "");
		assertThat(read(bucket, "dumpfiles/.keep", 100)).isEmpty();
	}

	@Test
	void writingReplaces() {
		DumpBucket bucket = empty();
		put(bucket, "dumpfiles/.keep", "something longer");
		put(bucket, "dumpfiles/.keep", "keepdir");
		assertThat(read(bucket, "dumpfiles/.keep", 100)).isEqualTo("keepdir");
		assertThat(names(bucket, "")).containsExactly("dumpfiles/.keep");
	}

	@Test
	void aTrailingSlashMakesADirectory() {
		DumpBucket bucket = empty();
		put(bucket, "dumpfiles/", "");
		assertThat(bucket.list("", null).entries()).singleElement().satisfies((entry) -> {
			assertThat(entry.name()).isEqualTo("dumpfiles/");
			assertThat(entry.isDirectory()).isTrue();
			assertThat(entry.size()).isZero();
		});
	}

	@Test
	void anEmptyDirectoryIsListedBelowItsOwnName() {
		DumpBucket bucket = empty();
		put(bucket, "dumpfiles/", "");
		put(bucket, "other/a", "x");
		assertThat(names(bucket, "dumpfiles/")).containsExactly("dumpfiles/");
	}

	@Test
	void anEmptyDirectoryIsDeletedByItsSlash() {
		DumpBucket bucket = empty();
		put(bucket, "keep/a", "x");
		put(bucket, "dumpfiles/", "");
		bucket.delete(new ObjectKey("dumpfiles/"));
		assertThat(names(bucket, "")).containsExactly("keep/a");
	}

	@Test
	void aDirectoryThatHoldsSomethingIsNotDeleted() {
		DumpBucket bucket = empty();
		put(bucket, "dumpfiles/a", "x");
		bucket.delete(new ObjectKey("dumpfiles/"));
		assertThat(names(bucket, "")).containsExactly("dumpfiles/a");
	}

	@Test
	void deletingTakesOneObjectAndNoOther() {
		DumpBucket bucket = empty();
		List.of("d/a", "d/ab", "d/b").forEach((name) -> put(bucket, name, "x"));
		bucket.delete(new ObjectKey("d/a"));
		assertThat(names(bucket, "")).containsExactly("d/ab", "d/b");
		assertThat(bucket.stat(new ObjectKey("d/a"))).isEmpty();
	}

	@Test
	void deletingTheLastObjectTakesItsDirectories() {
		DumpBucket bucket = empty();
		put(bucket, "d/e/a", "x");
		put(bucket, "f", "x");
		bucket.delete(new ObjectKey("d/e/a"));
		assertThat(names(bucket, "")).containsExactly("f");
	}

	@Test
	void deletingWhatIsNotThereIsNoFailure() {
		DumpBucket bucket = empty();
		put(bucket, "d/a", "x");
		bucket.delete(new ObjectKey("d/b"));
		bucket.delete(new ObjectKey("nowhere/b"));
		assertThat(names(bucket, "")).containsExactly("d/a");
	}

	@Test
	void manyObjectsAreDeletedInOneCall() {
		DumpBucket bucket = empty();
		List<String> names = List.of("d/a", "d/b", "e/a", "e/b", "f/a");
		names.forEach((name) -> put(bucket, name, "x"));
		BulkAnswer answer = bucket.deleteAll(keys("d/a", "d/b", "e/a"));
		assertThat(answer.deleted()).isEqualTo(3);
		assertThat(answer.refusals()).isEmpty();
		assertThat(names(bucket, "").stream().filter((name) -> !name.endsWith("/"))).containsExactly("e/b", "f/a");
	}

	@Test
	void whatIsAlreadyGoneIsNoRefusal() {
		DumpBucket bucket = empty();
		put(bucket, "d/a", "x");
		put(bucket, "d/keep", "x");
		BulkAnswer answer = bucket.deleteAll(keys("d/a", "d/gone"));
		assertThat(answer.refusals()).isEmpty();
		assertThat(names(bucket, "")).containsExactly("d/keep");
	}

	@Test
	void oddNamesComeAndGo() {
		DumpBucket bucket = empty();
		ODD.forEach((name) -> put(bucket, name, "x"));
		assertThat(names(bucket, "")).containsExactlyElementsOf(ODD.stream().sorted(ObjectKey::compare).toList());
		for (String name : ODD) {
			assertThat(bucket.stat(new ObjectKey(name))).as(name).isPresent();
			assertThat(read(bucket, name, 10)).isEqualTo("x");
			bucket.delete(new ObjectKey(name));
			assertThat(bucket.stat(new ObjectKey(name))).as(name).isEmpty();
		}
		assertThat(names(bucket, "")).isEmpty();
	}

	@Test
	void oddNamesGoInBulk() {
		DumpBucket bucket = empty();
		List<String> odd = ODD.stream().filter((name) -> name.indexOf('\n') < 0).toList();
		put(bucket, "dumpfiles/.keep", "x");
		odd.forEach((name) -> put(bucket, name, "x"));
		bucket.deleteAll(odd.stream().map(ObjectKey::new).toList());
		assertThat(names(bucket, "")).containsExactly("dumpfiles/.keep");
	}

	@Test
	void theLongestNameComesAndGoes() {
		DumpBucket bucket = empty();
		String segment = "d".repeat(255);
		String name = String.join("/", segment, segment, segment, "e".repeat(200));
		name += "/" + "\u00fc".repeat((longestName() - name.length() - 1) / 2);
		name += "x".repeat(longestName() - name.getBytes(StandardCharsets.UTF_8).length);
		put(bucket, name, "x");
		assertThat(names(bucket, "")).containsExactly(name);
		assertThat(bucket.stat(new ObjectKey(name))).isPresent();
		bucket.delete(new ObjectKey(name));
		assertThat(bucket.stat(new ObjectKey(name))).isEmpty();
	}

	/** How many bytes a name may have within the volume. */
	int longestName() {
		return ObjectKey.MAX_BYTES;
	}

	@Test
	void aBulkDeleteIsAllowedWhereNothingElseCanBeHit() {
		DumpBucket bucket = empty();
		put(bucket, "dumpfiles/a", "x");
		put(bucket, "other/" + bucket.volume() + "/dumpfiles/a", "x");
		put(bucket, bucket.volume() + "/unrelated", "x");
		assertThat(bucket.mayDeleteInBulk("dumpfiles/")).isTrue();
	}

	@Test
	void aBulkDeleteIsNotAllowedWhereADirectoryHasTheVolumesOwnPath() {
		assumeTrue(volumesAreBuckets());
		DumpBucket bucket = empty();
		put(bucket, bucket.volume() + "/dumpfiles/", "");
		assertThat(bucket.mayDeleteInBulk("dumpfiles/")).isFalse();
	}

	@Test
	void aBulkDeleteIsNotAllowedWhereAFileHasTheVolumesOwnPath() {
		assumeTrue(volumesAreBuckets());
		DumpBucket bucket = empty();
		put(bucket, bucket.volume() + "/dumpfiles", "x");
		assertThat(bucket.mayDeleteInBulk("dumpfiles/")).isFalse();
	}

	@Test
	void aBulkDeleteAtTheTopIsNotAllowedWhereAFileHasTheVolumesName() {
		assumeTrue(volumesAreBuckets());
		DumpBucket bucket = empty();
		put(bucket, bucket.volume(), "x");
		assertThat(bucket.mayDeleteInBulk("")).isFalse();
	}

	@Test
	void aVolumeThatIsNotThereIsAbsent() {
		assumeTrue(volumesAreBuckets());
		DumpBucket bucket = absent();
		assertFails(Kind.ABSENT, () -> bucket.list("", null));
		assertFails(Kind.ABSENT, () -> bucket.put(new ObjectKey("dumpfiles/.keep"), new byte[1]));
	}

	@Test
	void aDirectoryThatIsNotThereIsAnEmptyVolume() {
		assumeTrue(!volumesAreBuckets());
		assertThat(absent().list("", null).entries()).isEmpty();
	}

	static void assertFails(Kind kind, Runnable call) {
		assertThatExceptionOfType(GatewayException.class).isThrownBy(call::run)
			.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(kind));
	}

	static void put(DumpBucket bucket, String name, String content) {
		bucket.put(new ObjectKey(name), content.getBytes(StandardCharsets.UTF_8));
	}

	static @Nullable String read(DumpBucket bucket, String name, int limit) {
		return bucket.read(new ObjectKey(name), limit)
			.map((content) -> new String(content, StandardCharsets.UTF_8))
			.orElse(null);
	}

	static List<ObjectKey> keys(String... names) {
		return List.of(names).stream().map(ObjectKey::new).toList();
	}

	static List<String> names(DumpBucket bucket, String prefix) {
		List<String> names = new ArrayList<>();
		String continuation = null;
		do {
			ListingPage page = bucket.list(prefix, continuation);
			page.entries().forEach((entry) -> names.add(entry.name()));
			continuation = page.next();
		}
		while (continuation != null);
		return names;
	}

}
