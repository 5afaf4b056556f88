package dev.dumpkeeper.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.run.ExitCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DatabaseConfiguration} and {@link DemotedServers} with a server.
 */
class DatabaseConfigurationIntegrationTests {

	private static final int POOL = 3;

	private final DatabaseServer server = DatabaseServer.shared();

	private final String database = this.server.newDatabase("sessions");

	private final HikariDataSource pool = new HikariDataSource();

	@BeforeEach
	void open() {
		// Whoever may do everything is stopped by nothing.
		this.server.grant(this.database, "limited", "limited");
		this.server.execute(this.database, "CREATE TABLE IF NOT EXISTS thing (id INT PRIMARY KEY)");
		this.pool.setJdbcUrl(this.server.jdbcUrl(this.database));
		this.pool.setUsername("limited");
		this.pool.setPassword("limited");
		this.pool.setMaximumPoolSize(POOL);
		DatabaseConfiguration.defaults(this.pool);
	}

	@AfterEach
	void close() {
		this.pool.close();
		this.server.execute("", "SET GLOBAL read_only = OFF", "SET GLOBAL time_zone = DEFAULT",
				"SET GLOBAL sql_mode = DEFAULT", "SET GLOBAL default_storage_engine = DEFAULT",
				"SET GLOBAL sql_safe_updates = DEFAULT", "SET GLOBAL TRANSACTION ISOLATION LEVEL REPEATABLE READ");
	}

	@Test
	void theServersVariablesDecideNothing() throws SQLException {
		this.server.execute("", "SET GLOBAL time_zone = '+08:00'", "SET GLOBAL sql_mode = 'ANSI_QUOTES'",
				"SET GLOBAL default_storage_engine = MyISAM", "SET GLOBAL sql_safe_updates = ON",
				"SET GLOBAL TRANSACTION ISOLATION LEVEL SERIALIZABLE");
		try (Connection connection = this.pool.getConnection();
				ResultSet row = connection.createStatement()
					.executeQuery("SELECT @@time_zone, @@sql_mode, @@default_storage_engine, @@sql_safe_updates")) {
			row.next();
			assertThat(row.getString(1)).isEqualTo("+00:00");
			assertThat(row.getString(2).split(",")).contains("STRICT_ALL_TABLES", "NO_ENGINE_SUBSTITUTION")
				.doesNotContain("ANSI_QUOTES");
			assertThat(row.getString(3)).isEqualTo("InnoDB");
			assertThat(row.getBoolean(4)).isFalse();
			assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
		}
	}

	@Test
	void aServerThatTakesNoChangesAnyMoreIsLetGo() throws SQLException {
		List<Long> before = connections();
		this.server.execute("", "SET GLOBAL read_only = ON");
		assertThat(connections()).as("reading").containsExactlyInAnyOrderElementsOf(before);
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> new JdbcTemplate(this.pool).update("INSERT INTO thing (id) VALUES (1)"))
			.satisfies((ex) -> assertThat(FailureClassifier.of(ex).code()).isEqualTo(ExitCode.DATABASE));
		assertThat(connections()).hasSize(POOL).doesNotContainAnyElementsOf(before);
	}

	/** By their numbers at the server, all at once. */
	private List<Long> connections() throws SQLException {
		List<Connection> connections = new ArrayList<>();
		List<Long> numbers = new ArrayList<>();
		try {
			for (int i = 0; i < POOL; i++) {
				Connection connection = this.pool.getConnection();
				connections.add(connection);
				try (ResultSet row = connection.createStatement().executeQuery("SELECT CONNECTION_ID()")) {
					row.next();
					numbers.add(row.getLong(1));
				}
			}
			return numbers;
		}
		finally {
			for (Connection connection : connections) {
				connection.close();
			}
		}
	}

}
