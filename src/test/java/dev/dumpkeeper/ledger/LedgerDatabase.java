package dev.dumpkeeper.ledger;

import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.lab.DatabaseServer;

/**
 * A new database with the tables that the ledger uses.
 *
 * @param jdbc queries it
 * @param transaction changes it
 */
record LedgerDatabase(JdbcTemplate jdbc, TransactionTemplate transaction) {

	static LedgerDatabase h2() {
		return migrated(
				new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", ""), "",
				"");
	}

	static LedgerDatabase server() {
		DatabaseServer server = DatabaseServer.shared();
		return migrated(new DriverManagerDataSource(server.jdbcUrl(server.newDatabase("ledger")), server.username(),
				server.password()), "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "CHARACTER SET utf8mb4");
	}

	private static LedgerDatabase migrated(DataSource dataSource, String bin, String text) {
		Flyway.configure()
			.dataSource(dataSource)
			.locations("classpath:db/migration/common")
			.placeholders(Map.of("bin", bin, "text", text))
			.load()
			.migrate();
		return new LedgerDatabase(new JdbcTemplate(dataSource),
				new TransactionTemplate(new DataSourceTransactionManager(dataSource)));
	}

}
