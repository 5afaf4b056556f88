package dev.dumpkeeper.capacity;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;

import dev.dumpkeeper.lab.JuicefsGateway;
import dev.dumpkeeper.lab.JuicefsTest;
import dev.dumpkeeper.lab.Lab;
import dev.dumpkeeper.lab.PostgresServer;
import dev.dumpkeeper.lab.Tree;
import dev.dumpkeeper.metadata.MetadataDatabase;
import dev.dumpkeeper.metadata.MetadataDatabases;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link MetadataQuotas} on the metadata of a JuiceFS that was moved to PostgreSQL.
 */
class PostgresQuotasIntegrationTests {

	@TempDir
	private Path directory;

	@JuicefsTest
	void quotasAndTheTrashAreReadInPostgresql(Path binary) throws Exception {
		Assumptions.assumeTrue(PostgresServer.available(), "no PostgreSQL here");
		Path dump = this.directory.resolve("dump.json");
		Tree tree = Tree.create().file("jfsdata/a", 1 << 20, Instant.parse("2026-11-24T00:00:00Z"));
		try (JuicefsGateway gateway = JuicefsGateway.start(binary, tree, JuicefsGateway.Layout.MULTI, 3)) {
			gateway.setQuota("jfsdata", 1);
			Lab.run(binary.toString(), "dump",
					JuicefsGateway.metadata().juicefsUrl(gateway.jdbcUrl().replaceAll(".*/", "")), dump.toString());
		}
		try (PostgresServer postgres = new PostgresServer()) {
			Lab.run(binary.toString(), "load", postgres.juicefsUrl(), dump.toString());
			try (MetadataDatabase database = new MetadataDatabase(postgres.jdbcUrl("juicefs"), "dumpkeeper", "")) {
				MetadataQuotas.Answer answer = new MetadataQuotas(new MetadataDatabases(List.of(database))).read();
				assertThat(answer.problem()).isEmpty();
				assertThat(answer.quotas().get("jfsdata").maxBytes()).isEqualTo(1L << 30);
				assertThat(answer.whole()).isNotNull();
				assertThat(answer.whole().trashDays()).isEqualTo(3);
			}
		}
	}

}
