package dev.dumpkeeper.database;

import org.flywaydb.core.Flyway;

/**
 * What a start of the application does to an empty database of a server, without the
 * application.
 */
public final class WholeMigration {

	private WholeMigration() {
	}

	/**
	 * Migrates it.
	 * @param url where it is
	 * @param username whose
	 * @param password with which password
	 */
	public static void of(String url, String username, String password) {
		NameCollation.migrate(
				DatabaseConfiguration
					.migrations(Flyway.configure()
						.dataSource(url, username, password)
						.locations("classpath:db/migration/common", "classpath:db/migration/mysql"))
					.load());
	}

}
