package dev.dumpkeeper.notify;

import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

import dev.dumpkeeper.lab.MigratedDatabase;

/**
 * A database with Dumpkeeper's tables, and a table for listeners to write to.
 */
final class OutboxDatabase implements AutoCloseable {

	private static final List<String> TABLES = List.of("delivery_attempt", "outbound_page", "outbound_message", "robot",
			"notified");

	private final HikariDataSource dataSource;

	private OutboxDatabase(MigratedDatabase database) {
		this.dataSource = new HikariDataSource();
		this.dataSource.setJdbcUrl(database.url());
		this.dataSource.setUsername(database.username());
		this.dataSource.setPassword(database.password());
		this.dataSource.setMaximumPoolSize(6);
		jdbc().execute("CREATE TABLE notified (message BIGINT NOT NULL, page INT NOT NULL)");
	}

	static OutboxDatabase h2() {
		return new OutboxDatabase(MigratedDatabase.h2());
	}

	static OutboxDatabase server() {
		return new OutboxDatabase(MigratedDatabase.server("outbox"));
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
