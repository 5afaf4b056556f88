package dev.dumpkeeper.capacity;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import org.awaitility.Awaitility;

import dev.dumpkeeper.lab.JuicefsGateway;
import dev.dumpkeeper.lab.JuicefsTest;
import dev.dumpkeeper.lab.TestGateway;
import dev.dumpkeeper.lab.Tree;
import dev.dumpkeeper.metadata.MetadataDatabase;
import dev.dumpkeeper.metadata.MetadataDatabases;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link MetadataQuotas} and {@link MetricsPage} on the metadata of a real JuiceFS.
 */
class JuicefsQuotasIntegrationTests {

	private static final Instant THEN = Instant.parse("2026-11-24T00:00:00Z");

	private static final long MIB = 1L << 20;

	private static final long GIB = 1L << 30;

	@JuicefsTest
	void quotasAreReadAsJuicefsKeepsThem(Path binary) {
		Tree tree = Tree.create()
			.file("jfsdata/dumpfiles/a.hprof", 40 * MIB, THEN)
			.file("jfsdata/dumpfiles/b.hprof", 60 * MIB, THEN)
			.file("free/x", 8 * MIB, THEN);
		try (JuicefsGateway gateway = JuicefsGateway.start(binary, tree, JuicefsGateway.Layout.MULTI, 1)) {
			// The user that docs/capacity.md advises.
			String database = gateway.jdbcUrl().substring(gateway.jdbcUrl().lastIndexOf('/') + 1);
			gateway.metadata("CREATE USER 'reader'@'127.0.0.1' IDENTIFIED BY 'reader'",
					"GRANT SELECT (parent, name, inode, type) ON " + database + ".jfs_edge TO 'reader'@'127.0.0.1'",
					"GRANT SELECT (inode, max_space, used_space) ON " + database
							+ ".jfs_dir_quota TO 'reader'@'127.0.0.1'",
					"GRANT SELECT (name, value) ON " + database + ".jfs_counter TO 'reader'@'127.0.0.1'");
			try {
				readThrough(gateway, quotas(gateway, "reader"));
			}
			finally {
				gateway.metadata("DROP USER 'reader'@'127.0.0.1'");
			}
		}
	}

	private static void readThrough(JuicefsGateway gateway, MetadataQuotas reader) {
		gateway.setQuota("jfsdata", 1);
		MetadataQuotas.Answer answer = reader.read();
		assertThat(answer.problem()).isEmpty();
		assertThat(answer.others()).containsExactly("free");
		Quota quota = answer.quotas().get("jfsdata");
		assertThat(quota.maxBytes()).isEqualTo(GIB);
		assertThat(quota.usedBytes()).isBetween(100 * MIB, 101 * MIB);
		assertThat(answer.whole()).isNotNull();
		assertThat(answer.whole().usedBytes()).isBetween(108 * MIB, 109 * MIB);
		// Credentials stand beside these: the advised user sees none of it.
		assertThat(answer.whole().capacityBytes()).isNull();
		assertThat(answer.whole().trashDays()).isNull();
		MetadataQuotas.Answer all = quotas(gateway, "dumpkeeper").read();
		assertThat(all.whole().trashDays()).isOne();
		// JuiceFS leaves the field out where there is no limit.
		assertThat(all.whole().capacityBytes()).isNull();
		gateway.setQuota("jfsdata", 2);
		assertThat(reader.read().quotas().get("jfsdata").maxBytes()).isEqualTo(2 * GIB);
		trash(gateway, reader);
		gateway.metadata("UPDATE jfs_dir_quota SET used_space = -4096");
		assertThat(VolumeCapacity.of("jfsdata", 7, reader.read().quotas().get("jfsdata"), null).usedBytes())
			.isEqualTo(7);
		gateway.removeQuota("jfsdata");
		MetadataQuotas.Answer removed = reader.read();
		assertThat(removed.quotas().values().stream().filter(Quota::isLimited)).isEmpty();
		gateway.metadata("RENAME TABLE jfs_dir_quota TO jfs_dir_quota_2");
		assertThat(quotas(gateway, "dumpkeeper").read().problem()).contains("other tables or columns");
		gateway.metadata("RENAME TABLE jfs_dir_quota_2 TO jfs_dir_quota");
		JuicefsGateway.metadata().stopServer();
		try {
			assertThat(reader.read().problem()).contains("cannot be reached");
		}
		finally {
			JuicefsGateway.metadata().startServer();
		}
		assertThat(reader.read().problem()).isEmpty();
	}

	/** A delete frees the quota and not the file system. */
	private static void trash(JuicefsGateway gateway, MetadataQuotas reader) {
		MinioClient client = MinioClient.builder()
			.endpoint(gateway.endpoint().toString())
			.region("us-east-1")
			.credentials(TestGateway.ACCESS_KEY, TestGateway.SECRET_KEY)
			.build();
		try {
			// The gateway counts against a quota that it has heard of, some time after it
			// was set.
			long before = reader.read().quotas().get("jfsdata").usedBytes();
			Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofSeconds(1)).until(() -> {
				client.putObject(PutObjectArgs.builder()
					.bucket("jfsdata")
					.object("probe-" + System.nanoTime())
					.data(new byte[] { 1 }, 1)
					.build());
				return reader.read().quotas().get("jfsdata").usedBytes() != before;
			});
			Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofSeconds(1)).until(() -> {
				client.removeObject(RemoveObjectArgs.builder().bucket("jfsdata").object("dumpfiles/b.hprof").build());
				return !gateway.exists("jfsdata/dumpfiles/b.hprof");
			});
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException(gateway.output(), ex);
		}
		Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
			MetadataQuotas.Answer answer = reader.read();
			long inUse = answer.quotas().get("jfsdata").usedBytes() + 8 * MIB + 8192;
			FileSystemSpace space = FileSystemSpace.of(answer.whole(), null, inUse, 0);
			assertThat(space.trashBytes()).isBetween(59 * MIB, 61 * MIB);
			assertThat(space.isTrashNotable()).isTrue();
		});
		Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
			MetricsPage.Answer page = new MetricsPage(gateway.metrics()).read();
			assertThat(page.problem()).isEmpty();
			assertThat(page.whole().usedBytes()).isBetween(108 * MIB, 109 * MIB);
		});
	}

	@JuicefsTest
	void fiveThousandVolumesAreReadAtOnce(Path binary) {
		Tree tree = Tree.create();
		IntStream.range(0, 5000).forEach((i) -> tree.directory("volume-%04d".formatted(i)));
		try (JuicefsGateway gateway = JuicefsGateway.start(binary, tree, JuicefsGateway.Layout.MULTI)) {
			gateway.setQuota("volume-0000", 1);
			gateway.metadata("INSERT INTO jfs_dir_quota (inode, max_space, used_space, max_inodes, used_inodes)"
					+ " SELECT inode, 1073741824, 4096, 0, 1 FROM jfs_edge WHERE parent = 1"
					+ " AND inode NOT IN (SELECT inode FROM jfs_dir_quota)");
			MetadataQuotas.Answer answer = quotas(gateway, "dumpkeeper").read();
			assertThat(answer.problem()).isEmpty();
			assertThat(answer.quotas().size()).isEqualTo(5000);
			assertThat(answer.others()).isEmpty();
		}
	}

	private static MetadataQuotas quotas(JuicefsGateway gateway, String user) {
		return new MetadataQuotas(new MetadataDatabases(List.of(new MetadataDatabase(gateway.jdbcUrl(), user, user))));
	}

}
