package dev.dumpkeeper.gateway;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.GatewayProperties.Layout;
import dev.dumpkeeper.lab.S3ProxyGateway;
import dev.dumpkeeper.lab.Tree;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link S3DumpBucket} and {@link S3DumpGateway} with S3Proxy, in both layouts.
 */
@ParameterizedClass
@EnumSource
class S3ProxyDumpBucketIntegrationTests extends DumpBucketContractTests {

	private static final int VOLUMES = 100;

	private static final AtomicInteger NEXT = new AtomicInteger();

	private static S3ProxyGateway server;

	@Parameter
	private Layout layout = Layout.BUCKETS;

	@BeforeAll
	static void start() {
		Tree tree = Tree.create();
		TestGateways.volumes(tree, "", VOLUMES);
		TestGateways.volumes(tree, "lab/", VOLUMES);
		server = S3ProxyGateway.start(tree.file("lab/a-file", 1, TestGateways.OLD));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Override
	DumpBucket empty() {
		return gateway().volume(TestGateways.volume(NEXT.getAndIncrement()));
	}

	@Override
	DumpBucket large() {
		return gateway().volume("large");
	}

	@Override
	DumpBucket absent() {
		return gateway().volume("absent");
	}

	@Override
	boolean volumesAreBuckets() {
		return this.layout == Layout.BUCKETS;
	}

	@Override
	int longestName() {
		return volumesAreBuckets() ? ObjectKey.MAX_BYTES : ObjectKey.MAX_BYTES - "volume-000/".length();
	}

	@Test
	void volumesAreSortedAndFilesAreNone() {
		assertThat(gateway().volumes()).isSorted()
			.contains("large", TestGateways.volume(VOLUMES - 1))
			.doesNotContain("a-file", "", "/")
			.hasSizeGreaterThan(VOLUMES / 2);
	}

	@Test
	void namesAreRelativeToTheVolume() {
		DumpBucket bucket = empty();
		put(bucket, "dumpfiles/a", "x");
		String path = volumesAreBuckets() ? bucket.volume() : "lab/" + bucket.volume();
		assertThat(server.exists(path + "/dumpfiles/a")).isTrue();
		assertThat(names(bucket, "dumpfiles/")).containsExactly("dumpfiles/a");
		bucket.deleteAll(keys("dumpfiles/a"));
		assertThat(server.exists(path + "/dumpfiles/a")).isFalse();
	}

	@Test
	void aVolumeWhoseNameBeginsAlikeIsAnotherOne() {
		DumpBucket bucket = gateway().volume("larg");
		if (volumesAreBuckets()) {
			assertFails(Kind.ABSENT, () -> bucket.list("", null));
		}
		else {
			assertThat(names(bucket, "")).isEmpty();
		}
	}

	@Test
	void aNameThatNoBucketCanHaveIsAFailureOfTheGateway() {
		DumpBucket bucket = TestGateways.open(server.endpoint()).volume("My_Dir");
		assertFails(Kind.REJECTED, () -> bucket.list("", null));
		assertFails(Kind.REJECTED, () -> bucket.stat(new ObjectKey("dumpfiles/a")));
		assertFails(Kind.REJECTED, () -> bucket.deleteAll(keys("dumpfiles/a")));
	}

	private DumpGateway gateway() {
		return TestGateways.open(server.endpoint(), this.layout, "lab");
	}

}
