package dev.dumpkeeper.ledger;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.lab.MigratedDatabase;

/**
 * A new database with the tables that the ledger uses.
 *
 * @param jdbc queries it
 * @param transaction changes it
 */
record LedgerDatabase(JdbcTemplate jdbc, TransactionTemplate transaction) {

	static LedgerDatabase h2() {
		return of(MigratedDatabase.h2());
	}

	static LedgerDatabase server() {
		return of(MigratedDatabase.server("ledger"));
	}

	private static LedgerDatabase of(MigratedDatabase database) {
		DataSource dataSource = database.dataSource();
		return new LedgerDatabase(new JdbcTemplate(dataSource),
				new TransactionTemplate(new DataSourceTransactionManager(dataSource)));
	}

}
