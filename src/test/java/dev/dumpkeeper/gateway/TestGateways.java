package dev.dumpkeeper.gateway;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.GatewayProperties.Layout;
import dev.dumpkeeper.lab.TestGateway;
import dev.dumpkeeper.lab.Tree;

/**
 * Opens the laboratory's gateways as the application does, and fills them for the
 * contract.
 */
public final class TestGateways {

	/** When the objects that are there from the beginning were written. */
	static final Instant OLD = Instant.parse("2026-11-01T10:11:12Z");

	private TestGateways() {
	}

	/**
	 * Opens a gateway whose buckets are the volumes.
	 * @param endpoint its address, or that of a proxy before it
	 * @return the gateway
	 */
	public static DumpGateway open(URI endpoint) {
		return open(endpoint, Layout.BUCKETS, null);
	}

	/**
	 * Opens a gateway with one bucket whose directories are the volumes.
	 * @param endpoint its address, or that of a proxy before it
	 * @param bucket the bucket
	 * @return the gateway
	 */
	public static DumpGateway openDirectories(URI endpoint, String bucket) {
		return open(endpoint, Layout.DIRECTORIES, bucket);
	}

	/**
	 * Leaves out of a gateway what links lead to, as the application does where metadata
	 * is configured.
	 * @param gateway the gateway
	 * @param paths identifies links
	 * @return the gateway without links
	 */
	public static DumpGateway withoutLinks(DumpGateway gateway, PathResolver paths) {
		return new LinkFreeGateway(gateway, paths);
	}

	static DumpGateway open(URI endpoint, Layout layout, @Nullable String bucket) {
		return open(properties(endpoint, layout, bucket, TestGateway.ACCESS_KEY, TestGateway.SECRET_KEY,
				Duration.ofSeconds(60), 3));
	}

	static DumpGateway open(GatewayProperties properties) {
		return new S3DumpGateway("", new S3Client("", properties), properties);
	}

	static GatewayProperties properties(URI endpoint, Layout layout, @Nullable String bucket, String accessKey,
			String secretKey, Duration timeout, int retries) {
		return new GatewayProperties(List.of(endpoint), null, accessKey, new Secret(secretKey), "us-east-1", layout,
				bucket, timeout, retries, null, null, false);
	}

	/** The name of one of the volumes that {@link #volumes} makes. */
	static String volume(int index) {
		return "volume-%03d".formatted(index);
	}

	/** Adds empty volumes, and the large one of {@link DumpBucketContractTests}. */
	static Tree volumes(Tree tree, String prefix, int count) {
		for (int i = 0; i < count; i++) {
			tree.directory(prefix + volume(i));
		}
		return tree.files(DumpBucketContractTests.LARGE,
				(i) -> new Tree.File(prefix + "large/" + DumpBucketContractTests.nameInLarge(i), i, OLD));
	}

}
