package dev.dumpkeeper.scenario;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables on a server that is stricter, or older in its habits, than one would choose.
 */
class TablesIntegrationTests {

	private final DatabaseServer server = DatabaseServer.shared();

	private String database;

	@BeforeEach
	void create() throws SQLException {
		this.database = this.server.newDatabase("tables");
		try (Connection connection = this.server.connect(this.database);
				Statement statement = connection.createStatement()) {
			statement.execute("ALTER DATABASE " + this.database + " CHARACTER SET latin1");
		}
	}

	@Test
	void everyTableHasAPrimaryKey() {
		assertThat(run("measure-usage").exitCode()).isEqualTo(6);
		assertThat(count("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '%s'")).isGreaterThan(30);
		assertThat(count("""
				SELECT COUNT(*) FROM information_schema.tables t WHERE table_schema = '%s' AND NOT EXISTS (SELECT 1
				FROM information_schema.table_constraints c WHERE c.table_schema = t.table_schema AND
				c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY')""")).isZero();
	}

	/** A step that failed keeps its exception's words, and those may name any key. */
	@Test
	void batchStoresWhatIsBeyondLatin1() {
		assertThat(run("measure-usage").exitCode()).isEqualTo(6);
		assertThat(count("""
				SELECT COUNT(DISTINCT character_set_name) FROM information_schema.columns WHERE table_schema = '%s'
				AND table_name LIKE 'BATCH%%'""")).isOne();
		assertThat(count("""
				SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = '%s'
				AND table_name = 'BATCH_STEP_EXECUTION' AND character_set_name = 'utf8mb4'""")).isPositive();
	}

	@Test
	void namesAreComparedWithTheirTrailingSpacesAndTheirCase() {
		assertThat(run("measure-usage").exitCode()).isEqualTo(6);
		assertThat(count("""
				SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = '%s'
				AND collation_name = 'utf8mb4_bin'""")).isZero();
		this.server.execute(this.database,
				"INSERT INTO dump (volume, object_key, size, last_modified, state, environment, workload, pod, project,"
						+ " first_seen, directory) VALUES ('v', 'k', 1, 1, 'NEW', 'a ', 'A', '', '', 1, '')");
		assertThat(count("SELECT COUNT(*) FROM %s.dump WHERE environment = 'a ' AND workload = 'A'")).isOne();
		assertThat(count("SELECT COUNT(*) FROM %s.dump WHERE environment = 'a' OR workload = 'a'")).isZero();
	}

	/** What other tests have instead of a first start. */
	@Test
	void aMigratedDatabaseIsWhatTheFirstStartMakes() throws SQLException {
		String started = this.server.newDatabase("started");
		Dumpkeeper.on(URI.create("http://127.0.0.1:1")).database(this.server, started).run("measure-usage");
		String copied = this.server.migratedDatabase("copied");
		List<String> tables = strings(started, "SHOW TABLES", 1);
		assertThat(tables).hasSizeGreaterThan(30).isEqualTo(strings(copied, "SHOW TABLES", 1));
		for (String table : tables) {
			assertThat(definition(copied, table)).isEqualTo(definition(started, table));
		}
		String applied = "SELECT CONCAT(version, ' ', checksum, ' ', success) FROM flyway_schema_history"
				+ " ORDER BY installed_rank";
		assertThat(strings(copied, applied, 1)).isNotEmpty().isEqualTo(strings(started, applied, 1));
		assertThat(strings(copied, "SELECT ID FROM BATCH_JOB_INSTANCE_SEQ", 1)).containsExactly("0");
	}

	/** Without what counts its rows. */
	private String definition(String database, String table) throws SQLException {
		return strings(database, "SHOW CREATE TABLE `" + table + "`", 2).get(0).replaceAll(" AUTO_INCREMENT=\\d+", "");
	}

	private List<String> strings(String database, String query, int column) throws SQLException {
		try (Connection connection = this.server.connect(database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(query)) {
			List<String> strings = new ArrayList<>();
			while (rows.next()) {
				strings.add(rows.getString(column));
			}
			return strings;
		}
	}

	private Result run(String job) {
		return Dumpkeeper.on(URI.create("http://127.0.0.1:1")).database(this.server, this.database).run(job);
	}

	private long count(String sql) {
		return this.server.count(this.database, sql.formatted(this.database));
	}

}
