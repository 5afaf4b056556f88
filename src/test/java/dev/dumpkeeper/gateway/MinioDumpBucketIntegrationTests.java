package dev.dumpkeeper.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.lab.MinioServer;
import dev.dumpkeeper.lab.MinioServer.History;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for {@link S3DumpBucket} with a store that is not JuiceFS, on buckets that keep
 * nothing, versions, and locked versions.
 */
@ParameterizedClass
@EnumSource
@EnabledIf(value = "dev.dumpkeeper.lab.MinioServer#available", disabledReason = "no minio in MINIO_BINARY")
class MinioDumpBucketIntegrationTests extends DumpBucketContractTests {

	private static final AtomicInteger NEXT = new AtomicInteger();

	private static MinioServer server;

	@Parameter
	private History history = History.NONE;

	@BeforeAll
	static void start() {
		server = MinioServer.start();
		server.makeBucket("large", History.NONE);
		DumpBucket large = TestGateways.open(server.endpoint()).volume("large");
		IntStream.range(0, LARGE)
			.parallel()
			.forEach((index) -> large.put(new ObjectKey(nameInLarge(index)), new byte[index]));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Override
	DumpBucket empty() {
		String name = TestGateways.volume(NEXT.getAndIncrement());
		server.makeBucket(name, this.history);
		return TestGateways.open(server.endpoint()).volume(name);
	}

	@Override
	DumpBucket large() {
		return TestGateways.open(server.endpoint()).volume("large");
	}

	@Override
	DumpBucket absent() {
		return TestGateways.open(server.endpoint()).volume("absent");
	}

	@Test
	void theBucketSaysWhatItKeeps() {
		assertThat(empty().versioning()).isEqualTo(switch (this.history) {
			case NONE -> Versioning.OFF;
			case VERSIONS -> Versioning.ON;
			case LOCK, LOCKED -> Versioning.LOCKED;
		});
	}

	/** What is written after it was suspended is really gone. */
	@Test
	void aSuspendedBucketKeepsWhatItHas() {
		assumeTrue(this.history == History.VERSIONS);
		DumpBucket bucket = empty();
		put(bucket, "dumpfiles/before", "12345");
		server.suspendVersioning(bucket.volume());
		put(bucket, "dumpfiles/after", "123");
		assertThat(bucket.versioning()).isEqualTo(Versioning.ON);
		assertThat(bucket.deleteAll(keys("dumpfiles/before", "dumpfiles/after")).deleted()).isEqualTo(2);
		assertThat(names(bucket, "")).isEmpty();
		assertThat(server.bytesOfAllVersions(bucket.volume())).isEqualTo(5);
	}

	@Test
	void aDeletedObjectIsGoneOrHidden() {
		DumpBucket bucket = empty();
		put(bucket, "dumpfiles/a", "12345");
		bucket.delete(new ObjectKey("dumpfiles/a"));
		assertThat(bucket.stat(new ObjectKey("dumpfiles/a"))).isEmpty();
		assertThat(server.bytesOfAllVersions(bucket.volume())).isEqualTo(bucket.versioning().keepsDeleted() ? 5 : 0);
	}

	/** MinIO has no versions of keys that end with a slash, so a lock keeps them. */
	@Test
	@Override
	void anEmptyDirectoryIsDeletedByItsSlash() {
		if (this.history == History.LOCKED) {
			assertFails(Kind.REJECTED, super::anEmptyDirectoryIsDeletedByItsSlash);
		}
		else {
			super.anEmptyDirectoryIsDeletedByItsSlash();
		}
	}

}
