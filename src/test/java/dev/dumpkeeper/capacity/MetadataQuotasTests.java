package dev.dumpkeeper.capacity;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import dev.dumpkeeper.metadata.MetadataDatabase;
import dev.dumpkeeper.metadata.MetadataDatabases;
import dev.dumpkeeper.metadata.TestMetadata;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetadataQuotas} on tables like JuiceFS's.
 */
class MetadataQuotasTests {

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;NON_KEYWORDS=VALUE";

	private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(this.url, "sa", ""));

	@Test
	void quotasOfRootDirectoriesAreRead() {
		this.jdbc.execute("CREATE TABLE jfs_edge (parent BIGINT, name VARBINARY(255), inode BIGINT, type TINYINT)");
		this.jdbc.execute("CREATE TABLE jfs_dir_quota (inode BIGINT, max_space BIGINT, used_space BIGINT)");
		this.jdbc.update("INSERT INTO jfs_edge VALUES (1, ?, 2, 2), (2, ?, 3, 2)", "卷".getBytes(StandardCharsets.UTF_8),
				"deep".getBytes(StandardCharsets.UTF_8));
		this.jdbc.update("INSERT INTO jfs_dir_quota VALUES (2, 1073741824, 4096), (3, 7, 7)");
		MetadataQuotas.Answer answer = quotas(this.url).read();
		assertThat(answer.problem()).isEmpty();
		assertThat(answer.quotas()).hasSize(1).containsEntry("卷", new Quota(1L << 30, 4096));
		assertThat(answer.others()).isEmpty();
		assertThat(answer.whole()).isNull();
		this.jdbc.update("INSERT INTO jfs_edge VALUES (1, ?, 4, 2), (1, ?, 5, 1)",
				"free".getBytes(StandardCharsets.UTF_8), "file".getBytes(StandardCharsets.UTF_8));
		this.jdbc.execute("CREATE TABLE jfs_counter (name VARCHAR(255), value BIGINT)");
		this.jdbc.update("INSERT INTO jfs_counter VALUES ('usedSpace', 8192), ('totalInodes', 7)");
		answer = quotas(this.url).read();
		assertThat(answer.quotas()).hasSize(1);
		assertThat(answer.others()).containsExactlyInAnyOrder("free", "file");
		assertThat(answer.whole()).isEqualTo(new MetadataQuotas.Whole(8192, null, null));
	}

	@Test
	void rowsWithoutAnEndAreNotReadToTheirEnd() {
		this.jdbc.execute("""
				CREATE VIEW jfs_edge AS SELECT 1 AS parent, CAST(CAST(X AS VARCHAR) AS VARBINARY) AS name, X AS inode,
				2 AS type FROM SYSTEM_RANGE(1, 150000)""");
		this.jdbc.execute("CREATE TABLE jfs_dir_quota (inode BIGINT, max_space BIGINT, used_space BIGINT)");
		MetadataQuotas.Answer answer = quotas(this.url).read();
		assertThat(answer.quotas()).isEmpty();
		assertThat(answer.others()).isEmpty();
		assertThat(answer.problem()).contains("more than 100000 names");
	}

	@Test
	void anotherSchemaIsSaidInWords() {
		assertThat(quotas(this.url).read().problem()).contains("other tables or columns", "42");
	}

	@Test
	void aDatabaseThatIsDownIsSaidWithoutItsAddress() {
		String problem = quotas("jdbc:mysql://127.0.0.1:1/jfs?password=secret").read().problem();
		assertThat(problem).contains("cannot be reached").doesNotContain("secret", "127.0.0.1");
	}

	@Test
	void everyGatewayHasQuotasAndTheFirstOnesFileSystemCounts() {
		this.jdbc.execute("CREATE TABLE jfs_edge (parent BIGINT, name VARBINARY(255), inode BIGINT, type TINYINT)");
		this.jdbc.execute("CREATE TABLE jfs_dir_quota (inode BIGINT, max_space BIGINT, used_space BIGINT)");
		this.jdbc.update("INSERT INTO jfs_edge VALUES (1, ?, 2, 2), (1, ?, 3, 2)",
				"shop".getBytes(StandardCharsets.UTF_8), "free".getBytes(StandardCharsets.UTF_8));
		this.jdbc.update("INSERT INTO jfs_dir_quota VALUES (2, 1073741824, 4096)");
		MetadataDatabase away = TestMetadata.of("west", "jdbc:mysql://127.0.0.1:1/jfs");
		MetadataQuotas.Answer answer = new MetadataQuotas(
				new MetadataDatabases(List.of(away, TestMetadata.of("east", this.url))))
			.read();
		assertThat(answer.quotas()).containsOnly(Map.entry("east/shop", new Quota(1L << 30, 4096)));
		assertThat(answer.others()).as("of another file system").isEmpty();
		assertThat(answer.problem())
			.startsWith("the metadata database (dumpkeeper.gateways.west.metadata.url) cannot be reached");
	}

	private static MetadataQuotas quotas(String url) {
		return new MetadataQuotas(new MetadataDatabases(List.of(new MetadataDatabase(url, "sa", ""))));
	}

}
