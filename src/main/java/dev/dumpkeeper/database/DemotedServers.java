package dev.dumpkeeper.database;

import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.SQLExceptionOverride;

/**
 * Evicts connections to a server that has become a replica: they still work and would be
 * used for ever, while new ones lead to the server that accepts changes now.
 */
final class DemotedServers implements SQLExceptionOverride {

	private final HikariDataSource dataSource;

	DemotedServers(HikariDataSource dataSource) {
		this.dataSource = dataSource;
	}

	@java.lang.Override
	public Override adjudicate(SQLException ex) {
		HikariPoolMXBean pool = this.dataSource.getHikariPoolMXBean();
		if (DatabaseErrors.isReadOnly(ex) && pool != null) {
			// Connections in use are evicted when they are returned, since their
			// transaction has to end first.
			pool.softEvictConnections();
		}
		return Override.CONTINUE_EVICT;
	}

}
