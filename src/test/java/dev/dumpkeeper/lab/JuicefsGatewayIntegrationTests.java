package dev.dumpkeeper.lab;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.ErrorResponseException;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JuicefsGateway}.
 */
class JuicefsGatewayIntegrationTests {

	private static final Instant OLD = Instant.parse("2026-11-01T10:11:12.345678Z");

	private static final String ODD = "dumpfiles/odd +%'\"&\n\\ü😀.hprof";

	@JuicefsTest
	void showsTheTree(Path binary) throws Exception {
		Tree tree = Tree.create()
			.file("jfsdata/" + ODD, 5, OLD)
			.files(1200, (i) -> new Tree.File("jfsdata/dumpfiles/%04d.hprof".formatted(i), i, OLD))
			.directory("jfsdata/empty")
			.symlink("jfsdata/link", "dumpfiles");
		try (JuicefsGateway gateway = JuicefsGateway.start(binary, tree, JuicefsGateway.Layout.MULTI)) {
			MinioClient client = S3.client(gateway.endpoint());
			assertThat(S3.keys(client, "jfsdata")).hasSize(2403).contains(ODD, "empty/", "link/0001.hprof").isSorted();
			StatObjectResponse stat = stat(client, "jfsdata", ODD);
			assertThat(stat.size()).isEqualTo(5);
			assertThat(stat.lastModified().toInstant()).isEqualTo(OLD.truncatedTo(ChronoUnit.SECONDS));
			try (var object = client.getObject(GetObjectArgs.builder().bucket("jfsdata").object(ODD).build())) {
				assertThat(object.readAllBytes()).isEqualTo(new byte[5]);
			}
			assertThat(gateway.sizes()).hasSize(1205)
				.containsEntry("jfsdata/" + ODD, 5L)
				.containsEntry("jfsdata/empty/", 0L);
			assertThat(gateway.version()).startsWith("1.");
			assertThat(body(gateway.metrics())).contains("juicefs_used_space");
		}
	}

	@JuicefsTest
	void checksAndActsPastTheGateway(Path binary) throws Exception {
		Tree tree = Tree.create()
			.file("jfsdata/stays", 1, OLD)
			.file("jfsdata/goes", 1, OLD)
			.file("jfsdata/changes", 1, OLD)
			.immutable("jfsdata/stays");
		try (JuicefsGateway gateway = JuicefsGateway.start(binary, tree, JuicefsGateway.Layout.SINGLE);
				FaultyProxy proxy = FaultyProxy.to(gateway.endpoint())) {
			MinioClient client = S3.client(proxy.endpoint());
			remove(client, gateway.bucket(), "jfsdata/stays");
			remove(client, gateway.bucket(), "jfsdata/goes");
			assertThat(gateway.list()).containsExactly("jfsdata/", "jfsdata/changes", "jfsdata/stays");
			gateway.setImmutable("jfsdata/stays", false);
			remove(client, gateway.bucket(), "jfsdata/stays");
			assertThat(gateway.exists("jfsdata/stays")).isFalse();
			gateway.touch("jfsdata/changes", OLD.plusSeconds(60), 77);
			StatObjectResponse stat = stat(client, gateway.bucket(), "jfsdata/changes");
			assertThat(stat.size()).isEqualTo(77);
			assertThat(stat.lastModified().toInstant()).isBetween(OLD.plusSeconds(59), OLD.plusSeconds(60));
		}
	}

	@JuicefsTest
	void fillsAndFreezes(Path binary) throws Exception {
		Tree tree = Tree.create().file("jfsdata/dumpfiles/big", 2L << 30, OLD);
		try (JuicefsGateway gateway = JuicefsGateway.start(binary, tree, JuicefsGateway.Layout.MULTI)) {
			MinioClient client = S3.client(gateway.endpoint());
			gateway.setQuota("jfsdata", 1);
			Awaitility.await()
				.atMost(Duration.ofSeconds(15))
				.pollInterval(Duration.ofMillis(500))
				.untilAsserted(() -> assertThatExceptionOfType(ErrorResponseException.class)
					.isThrownBy(() -> put(client, "jfsdata", "new"))
					.withMessageContaining("quota"));
			JuicefsGateway.metadata().pause();
			CompletableFuture<List<String>> keys = CompletableFuture.supplyAsync(() -> keys(client));
			try {
				assertThat(keys.completeOnTimeout(List.of("none yet"), 2, TimeUnit.SECONDS).get())
					.containsExactly("none yet");
			}
			finally {
				JuicefsGateway.metadata().resume();
			}
			assertThat(keys(client)).contains("dumpfiles/big");
			gateway.metadataAway();
			gateway.metadataBack();
			assertThat(keys(client)).contains("dumpfiles/big");
		}
	}

	private static List<String> keys(MinioClient client) {
		try {
			return S3.keys(client, "jfsdata");
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static StatObjectResponse stat(MinioClient client, String bucket, String key) throws Exception {
		return client.statObject(StatObjectArgs.builder().bucket(bucket).object(key).build());
	}

	private static void put(MinioClient client, String bucket, String key) throws Exception {
		client.putObject(PutObjectArgs.builder().bucket(bucket).object(key).data(new byte[] { 1 }, 1).build());
	}

	private static void remove(MinioClient client, String bucket, String key) throws Exception {
		client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(key).build());
	}

	private static String body(URI address) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

}
