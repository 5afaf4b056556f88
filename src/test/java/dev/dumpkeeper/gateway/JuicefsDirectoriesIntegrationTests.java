package dev.dumpkeeper.gateway;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import dev.dumpkeeper.lab.JuicefsGateway;
import dev.dumpkeeper.lab.Tree;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link S3DumpBucket} with the real gateway, the directories of whose one
 * bucket are the volumes.
 */
@ParameterizedClass
@MethodSource("dev.dumpkeeper.lab.JuicefsGateway#binaries")
@EnabledIf(value = "dev.dumpkeeper.lab.JuicefsGateway#available",
		disabledReason = "no juicefs on the PATH or in JUICEFS_BINARIES")
class JuicefsDirectoriesIntegrationTests extends JuicefsBucketContractTests {

	private static final AtomicInteger NEXT = new AtomicInteger();

	private static JuicefsGateway server;

	@Parameter
	private Path binary = Path.of("");

	@BeforeParameterizedClassInvocation
	static void start(Path binary) {
		NEXT.set(0);
		Tree tree = TestGateways.volumes(Tree.create(), "", 60)
			.file("Not_A_Bucket/dumpfiles/a", 1, TestGateways.OLD)
			.directory("made-by-a-pod/dumpfiles")
			.file("lab/shadowed/dumpfiles/b", 1, TestGateways.OLD)
			.file("a-file", 1, TestGateways.OLD);
		server = JuicefsGateway.start(binary, tree, JuicefsGateway.Layout.SINGLE);
	}

	@AfterParameterizedClassInvocation
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
		return false;
	}

	@Override
	int longestName() {
		return ObjectKey.MAX_BYTES - "volume-000/".length();
	}

	@Override
	boolean prunesAfterBulk() {
		return true;
	}

	@Override
	DumpBucket madeByAPod() {
		return gateway().volume("made-by-a-pod");
	}

	@Override
	void makeUndeletable(DumpBucket bucket, String name) {
		server.setImmutable(bucket.volume() + "/" + name, true);
	}

	@Override
	boolean deletesByDirectory() {
		return !JuicefsGateway.version(this.binary).startsWith("1.3");
	}

	@Test
	void everyDirectoryIsAVolumeAndAFileIsNone() {
		assertThat(gateway().volumes()).contains("large", "Not_A_Bucket", TestGateways.volume(59))
			.doesNotContain("a-file")
			.isSorted();
		assertThat(names(gateway().volume("Not_A_Bucket"), "")).containsExactly("dumpfiles/a");
	}

	@Test
	void aBulkDeleteIsNotAllowedWhereADirectoryHasTheBucketsOwnPath() {
		assertThat(server.bucket()).isEqualTo("lab");
		DumpBucket bucket = gateway().volume("shadowed");
		assertThat(bucket.mayDeleteInBulk("dumpfiles/")).isFalse();
		assertThat(bucket.mayDeleteInBulk("other/")).isTrue();
	}

	private static DumpGateway gateway() {
		return TestGateways.openDirectories(server.endpoint(), server.bucket());
	}

}
