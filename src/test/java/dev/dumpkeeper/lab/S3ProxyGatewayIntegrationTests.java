package dev.dumpkeeper.lab;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link S3ProxyGateway}.
 */
class S3ProxyGatewayIntegrationTests {

	private static final Instant OLD = Instant.parse("2026-11-01T10:11:12Z");

	private static final String ODD = "dumpfiles/odd +%'\"&\n\\ü😀.hprof";

	@Test
	void showsTheTree() throws Exception {
		Tree tree = Tree.create()
			.directory("empty-volume")
			.file("jfsdata/" + ODD, 0, OLD)
			.files(1200, (i) -> new Tree.File("jfsdata/dumpfiles/%04d.hprof".formatted(i), i, OLD.plusSeconds(i)));
		try (S3ProxyGateway gateway = S3ProxyGateway.start(tree)) {
			MinioClient client = S3.client(gateway.endpoint());
			assertThat(S3.keys(client, "jfsdata")).hasSize(1201).contains(ODD).isSorted();
			assertThat(S3.keys(client, "empty-volume")).isEmpty();
			StatObjectResponse stat = client
				.statObject(StatObjectArgs.builder().bucket("jfsdata").object("dumpfiles/0007.hprof").build());
			assertThat(stat.size()).isEqualTo(7);
			assertThat(stat.lastModified().toInstant()).isEqualTo(OLD.plusSeconds(7));
			assertThat(gateway.sizes()).hasSize(1204).containsEntry("jfsdata/dumpfiles/0007.hprof", 7L);
		}
	}

	@Test
	void checksAndActsPastTheGateway() throws Exception {
		try (S3ProxyGateway gateway = S3ProxyGateway.start(Tree.create().file("jfsdata/a/b.hprof", 3, OLD))) {
			MinioClient client = S3.client(gateway.endpoint());
			client.removeObject(RemoveObjectArgs.builder().bucket("jfsdata").object("a/b.hprof").build());
			assertThat(gateway.exists("jfsdata/a/b.hprof")).isFalse();
			byte[] content = "content".getBytes(StandardCharsets.UTF_8);
			client.putObject(PutObjectArgs.builder().bucket("jfsdata").object("put").data(content, 7).build());
			gateway.write("jfsdata/" + ODD, content, OLD);
			assertThat(gateway.sizes()).containsEntry("jfsdata/put", 7L).containsEntry("jfsdata/" + ODD, 7L);
			assertThat(S3.keys(client, "jfsdata")).contains("put", ODD);
			gateway.delete("jfsdata/put");
			assertThat(S3.keys(client, "jfsdata")).doesNotContain("put");
		}
	}

	@Test
	void isReachedThroughAProxy() throws Exception {
		try (S3ProxyGateway gateway = S3ProxyGateway.start(Tree.create().file("jfsdata/" + ODD, 3, OLD));
				FaultyProxy proxy = FaultyProxy.to(gateway.endpoint())) {
			MinioClient client = S3.client(proxy.endpoint());
			assertThat(S3.keys(client, "jfsdata")).containsExactly(ODD);
			client.putObject(PutObjectArgs.builder().bucket("jfsdata").object("put").data(new byte[7], 7).build());
			assertThat(gateway.sizes()).containsEntry("jfsdata/put", 7L);
			assertThat(proxy.count("GET")).isEqualTo(1);
		}
	}

}
