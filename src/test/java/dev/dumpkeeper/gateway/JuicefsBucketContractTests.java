package dev.dumpkeeper.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What JuiceFS's gateway does beyond the contract, so that {@link InMemoryBucket} can be
 * trusted to do the same.
 */
abstract class JuicefsBucketContractTests extends DumpBucketContractTests {

	/**
	 * A volume with the empty directories {@code dumpfiles} and, where volumes are
	 * buckets, {@code VOLUME/shadow}, that were made past the gateway.
	 */
	abstract DumpBucket madeByAPod();

	/** Makes a file impossible to delete. */
	abstract void makeUndeletable(DumpBucket bucket, String name);

	/** Whether it is 1.4 or later. */
	abstract boolean deletesByDirectory();

	/** Whether a bulk delete takes emptied directories with it. */
	boolean prunesAfterBulk() {
		return !deletesByDirectory();
	}

	@Test
	void aSignedLinkLetsAnybodyDownloadThatObjectAndNoOther() throws Exception {
		DumpBucket bucket = empty();
		String odd = "dumpfiles/it's (a) dump+\u00fc\ud83d\ude00 100%.hprof";
		put(bucket, odd, "secret");
		URI link = bucket.presign(new ObjectKey(odd), Duration.ofMinutes(5));
		assertThat(link.toString()).doesNotContain("(", ")", " ", "'");
		HttpClient client = HttpClient.newHttpClient();
		HttpResponse<String> answer = client.send(HttpRequest.newBuilder(link).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("secret");
		URI other = URI.create(link.toString().replace(".hprof", ".hprog"));
		assertThat(
				client.send(HttpRequest.newBuilder(other).build(), HttpResponse.BodyHandlers.ofString()).statusCode())
			.isEqualTo(403);
	}

	@Test
	void aDeletionThatDoesNothingIsAnsweredYes() {
		DumpBucket bucket = empty();
		put(bucket, "d/held", "x");
		makeUndeletable(bucket, "d/held");
		bucket.delete(new ObjectKey("d/held"));
		assertThat(bucket.stat(new ObjectKey("d/held"))).isPresent();
	}

	@Test
	void oneUndeletableFileHoldsItsWholeDirectoryIn14() {
		assumeTrue(deletesByDirectory());
		DumpBucket bucket = undeletable();
		BulkAnswer answer = bucket.deleteAll(keys("d/a", "d/held", "d/z", "e/a"));
		assertThat(answer.named()).isFalse();
		assertThat(answer.refusals()).hasSize(1);
		assertThat(answer.deleted()).isEqualTo(4);
		assertThat(files(bucket)).containsExactly("d/a", "d/held", "d/z", "e/z");
	}

	@Test
	void oneUndeletableFileIsNamedAndAloneIn13() {
		assumeTrue(!deletesByDirectory());
		DumpBucket bucket = undeletable();
		BulkAnswer answer = bucket.deleteAll(keys("d/a", "d/held", "d/z", "e/a"));
		assertThat(answer.named()).isTrue();
		assertThat(answer.refusals()).hasSize(1);
		assertThat(answer.deleted()).isEqualTo(4);
		assertThat(files(bucket)).containsExactly("d/held", "e/z");
	}

	@Test
	void aRefusalNamesTheKeyWithinTheVolumeIn13() {
		assumeTrue(!deletesByDirectory());
		BulkAnswer answer = undeletable().deleteAll(keys("d/a", "d/held", "d/z"));
		assertThat(answer.refusals()).extracting(BulkAnswer.Refusal::name).containsExactly("d/held");
	}

	private DumpBucket undeletable() {
		DumpBucket bucket = empty();
		List.of("d/a", "d/held", "d/z", "e/a", "e/z").forEach((name) -> put(bucket, name, "x"));
		makeUndeletable(bucket, "d/held");
		return bucket;
	}

	@Test
	void onlySomeBulkDeletesTakeEmptiedDirectories() {
		DumpBucket bucket = empty();
		put(bucket, "d/e/a", "x");
		put(bucket, "f", "x");
		bucket.deleteAll(keys("d/e/a"));
		assertThat(names(bucket, ""))
			.containsExactlyElementsOf(prunesAfterBulk() ? List.of("f") : List.of("d/e/", "f"));
	}

	@Test
	void aBulkDeleteTakesWhatHasTheVolumesOwnPathIn14Only() {
		assumeTrue(volumesAreBuckets());
		DumpBucket bucket = empty();
		String shadow = bucket.volume() + "/dumpfiles";
		put(bucket, "dumpfiles/a", "x");
		put(bucket, "dumpfiles/.keep", "x");
		put(bucket, shadow, "innocent");
		bucket.deleteAll(keys("dumpfiles/a"));
		assertThat(bucket.stat(new ObjectKey(shadow)).isPresent()).isEqualTo(!deletesByDirectory());
	}

	@Test
	void aBulkDeleteAtTheTopTakesWhatHasTheVolumesNameIn14Only() {
		assumeTrue(volumesAreBuckets());
		DumpBucket bucket = empty();
		put(bucket, "a", "x");
		put(bucket, bucket.volume(), "innocent");
		bucket.deleteAll(keys("a"));
		assertThat(bucket.stat(new ObjectKey(bucket.volume())).isPresent()).isEqualTo(!deletesByDirectory());
	}

	@Test
	void anAbsentVolumeTakesNoBulkDelete() {
		assumeTrue(volumesAreBuckets());
		DumpBucket bucket = absent();
		assertFails(Kind.ABSENT, () -> bucket.deleteAll(keys("dumpfiles/a")));
	}

	@Test
	void theOrderIsThatOfBytesAndNotOfUtf16Units() {
		DumpBucket bucket = empty();
		List<String> names = List.of("\u00fc", "\uFF5E", "\uD83D\uDE00");
		names.forEach((name) -> put(bucket, name, "x"));
		assertThat(names(bucket, "")).containsExactlyElementsOf(names);
	}

	@Test
	void anEmptyDirectoryThatAPodMadeIsListedButNotBelowItsOwnName() {
		DumpBucket bucket = madeByAPod();
		assertThat(names(bucket, "")).contains("dumpfiles/");
		assertThat(names(bucket, "dumpfiles")).containsExactly("dumpfiles/");
		assertThat(names(bucket, "dumpfiles/")).isEmpty();
	}

	@Test
	void anEmptyDirectoryThatAPodMadeIsNotSeenByAPoll() {
		assertThat(madeByAPod().stat(new ObjectKey("dumpfiles/"))).isEmpty();
		assertThat(madeByAPod().stat(new ObjectKey("dumpfiles"))).isEmpty();
	}

	@Test
	void aBulkDeleteIsNotAllowedWhereADirectoryThatAPodMadeHasTheVolumesOwnPath() {
		assumeTrue(volumesAreBuckets());
		assertThat(madeByAPod().mayDeleteInBulk("shadow/")).isFalse();
	}

	@Test
	void aPageIsASnapshot() {
		DumpBucket bucket = large();
		String next = bucket.list("", null).next();
		bucket.delete(new ObjectKey(nameInLarge(1500)));
		assertThat(bucket.list("", next).entries()).extracting(ObjectEntry::name).contains(nameInLarge(1500));
		assertThat(bucket.stat(new ObjectKey(nameInLarge(1500)))).isEmpty();
	}

	@Test
	void aDirectoryThatHoldsSomethingIsNotSeenByAPoll() {
		DumpBucket bucket = empty();
		put(bucket, "d/a", "x");
		assertThat(bucket.stat(new ObjectKey("d"))).isEmpty();
	}

	private static List<String> files(DumpBucket bucket) {
		return names(bucket, "").stream().filter((name) -> !name.endsWith("/")).toList();
	}

}
