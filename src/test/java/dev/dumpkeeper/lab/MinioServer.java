package dev.dumpkeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import org.awaitility.Awaitility;

import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.SetBucketVersioningArgs;
import io.minio.SetObjectLockConfigurationArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.minio.messages.ListAllMyBucketsResult;
import io.minio.messages.ObjectLockConfiguration;
import io.minio.messages.RetentionMode;
import io.minio.messages.VersioningConfiguration;

/**
 * MinIO's own server, run as a process: a plain S3 store, which has versions and object
 * lock.
 */
public final class MinioServer implements TestGateway {

	private final Path directory = Lab.temporaryDirectory("minio");

	private final int port = Lab.freePort();

	private final Process process;

	private final MinioClient client;

	private MinioServer(Path binary) throws IOException {
		Files.createDirectory(this.directory.resolve("data"));
		ProcessBuilder server = new ProcessBuilder(binary.toString(), "server", "--quiet", "--address",
				"127.0.0.1:" + this.port, "--console-address", "127.0.0.1:" + Lab.freePort(),
				this.directory.resolve("data").toString())
			.redirectErrorStream(true)
			.redirectOutput(log().toFile());
		server.environment().put("MINIO_ROOT_USER", ACCESS_KEY);
		server.environment().put("MINIO_ROOT_PASSWORD", SECRET_KEY);
		server.environment().put("HOME", this.directory.toString());
		this.process = server.start();
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
		this.client = MinioClient.builder()
			.endpoint(endpoint().toString())
			.region("us-east-1")
			.credentials(ACCESS_KEY, SECRET_KEY)
			.build();
		awaitLive();
	}

	/**
	 * Whether the environment variable {@code MINIO_BINARY} names a server to test with.
	 * @return whether it is a program
	 */
	public static boolean available() {
		return Files.isRegularFile(binary()) && Files.isExecutable(binary());
	}

	private static Path binary() {
		return Path.of(System.getenv().getOrDefault("MINIO_BINARY", ""));
	}

	/**
	 * Starts a server without buckets.
	 * @return the running server
	 */
	public static MinioServer start() {
		try {
			return new MinioServer(binary());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Makes a bucket.
	 * @param name its name
	 * @param history what it keeps of what is deleted
	 */
	public void makeBucket(String name, History history) {
		try {
			boolean lock = history == History.LOCK || history == History.LOCKED;
			this.client.makeBucket(MakeBucketArgs.builder().bucket(name).objectLock(lock).build());
			if (history == History.VERSIONS) {
				setVersioning(name, VersioningConfiguration.Status.ENABLED);
			}
			if (history == History.LOCKED) {
				this.client.setObjectLockConfiguration(SetObjectLockConfigurationArgs.builder()
					.bucket(name)
					.config(new ObjectLockConfiguration(RetentionMode.COMPLIANCE,
							new ObjectLockConfiguration.RetentionDurationDays(1)))
					.build());
			}
		}
		catch (MinioException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Suspends the versioning of a bucket.
	 * @param name its name
	 */
	public void suspendVersioning(String name) {
		try {
			setVersioning(name, VersioningConfiguration.Status.SUSPENDED);
		}
		catch (MinioException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void setVersioning(String name, VersioningConfiguration.Status status) throws MinioException {
		this.client.setBucketVersioning(SetBucketVersioningArgs.builder()
			.bucket(name)
			.config(new VersioningConfiguration(status, null, null, null))
			.build());
	}

	@Override
	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	@Override
	public SortedMap<String, Long> sizes() {
		SortedMap<String, Long> sizes = new TreeMap<>();
		try {
			for (ListAllMyBucketsResult.Bucket bucket : this.client.listBuckets()) {
				String name = bucket.name();
				listing(name, false).forEach((item) -> sizes.put(name + "/" + item.objectName(), item.size()));
			}
		}
		catch (MinioException ex) {
			throw new IllegalStateException(ex);
		}
		return sizes;
	}

	@Override
	public boolean exists(String path) {
		return sizes().containsKey(path);
	}

	/**
	 * How many bytes a bucket holds, hidden versions included.
	 * @param bucket its name
	 * @return the sizes of all versions
	 */
	public long bytesOfAllVersions(String bucket) {
		return listing(bucket, true).stream().filter((item) -> !item.isDeleteMarker()).mapToLong(Item::size).sum();
	}

	private List<Item> listing(String bucket, boolean versions) {
		List<Item> items = new ArrayList<>();
		try {
			for (Result<Item> item : this.client.listObjects(
					ListObjectsArgs.builder().bucket(bucket).recursive(true).includeVersions(versions).build())) {
				items.add(item.get());
			}
		}
		catch (MinioException ex) {
			throw new IllegalStateException(ex);
		}
		return items;
	}

	@Override
	public void close() {
		this.process.destroy();
		Lab.end(this.process, 10);
		Lab.delete(this.directory);
	}

	private void awaitLive() {
		HttpClient http = HttpClient.newHttpClient();
		HttpRequest request = HttpRequest.newBuilder(endpoint().resolve("/minio/health/ready")).build();
		try {
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.pollInterval(Duration.ofMillis(100))
				.ignoreExceptionsInstanceOf(IOException.class)
				.failFast("MinIO has ended", () -> !this.process.isAlive())
				.until(() -> http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
		}
		catch (RuntimeException ex) {
			String output = Lab.read(log());
			close();
			throw new IllegalStateException("MinIO does not start:\n" + output, ex);
		}
	}

	private Path log() {
		return this.directory.resolve("minio.log");
	}

	/** What a bucket keeps of what is deleted. */
	public enum History {

		/** Nothing. */
		NONE,

		/** Versions. */
		VERSIONS,

		/** Versions; a writer may lock an object. */
		LOCK,

		/** Versions, each locked for a day. */
		LOCKED

	}

}
