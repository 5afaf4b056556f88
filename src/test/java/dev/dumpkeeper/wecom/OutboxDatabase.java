package dev.dumpkeeper.wecom;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

import dev.dumpkeeper.lab.DatabaseServer;

/**
 * A database with Dumpkeeper's tables, and a table for listeners to write to.
 */
final class OutboxDatabase implements AutoCloseable {

	private static final List<String> TABLES = List.of("outbound_message", "outbound_page", "delivery_attempt", "robot",
			"told");

	private final HikariDataSource dataSource;

	private OutboxDatabase(String url, String user, String password, String bin, String text) {
		this.dataSource = new HikariDataSource();
		this.dataSource.setJdbcUrl(url);
		this.dataSource.setUsername(user);
		this.dataSource.setPassword(password);
		this.dataSource.setMaximumPoolSize(6);
		Flyway.configure()
			.dataSource(this.dataSource)
			.locations("classpath:db/migration/common")
			.placeholders(Map.of("bin", bin, "text", text))
			.load()
			.migrate();
		jdbc().execute("CREATE TABLE told (message BIGINT NOT NULL, page INT NOT NULL)");
	}

	static OutboxDatabase h2() {
		return new OutboxDatabase("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "", "", "");
	}

	static OutboxDatabase server() {
		DatabaseServer server = DatabaseServer.shared();
		return new OutboxDatabase(server.jdbcUrl(server.newDatabase("outbox")), server.username(), server.password(),
				"CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "CHARACTER SET utf8mb4");
	}

	JdbcTemplate jdbc() {
		return new JdbcTemplate(this.dataSource);
	}

	JdbcTransactionManager transactions() {
		return new JdbcTransactionManager(this.dataSource);
	}

	void clear() {
		TABLES.forEach((table) -> jdbc().update("DELETE FROM " + table));
	}

	/** Every value of every row. */
	String rows() {
		StringBuilder rows = new StringBuilder();
		TABLES.forEach((table) -> rows.append(jdbc().queryForList("SELECT * FROM " + table)).append('\n'));
		return rows.toString();
	}

	/** What came of the attempts so far. */
	List<String> outcomes() {
		return jdbc().queryForList("SELECT outcome FROM delivery_attempt ORDER BY id", String.class);
	}

	@Override
	public void close() {
		this.dataSource.close();
	}

}
