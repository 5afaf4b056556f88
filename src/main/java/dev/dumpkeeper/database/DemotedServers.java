package dev.dumpkeeper.database;

import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.SQLExceptionOverride;

/**
 * Lets go of a server that has become a replica: the connections to it still work, and
 * would be used for ever, while new ones lead to the server that takes changes now.
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
			// Those in use go when they are given back: a transaction has to be ended
			// first.
			pool.softEvictConnections();
		}
		return Override.CONTINUE_EVICT;
	}

}
