package dev.dumpkeeper.lab;

import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A new database with Dumpkeeper's tables; in memory without those of Spring Batch and
 * Quartz.
 *
 * @param url where it is
 * @param username whose
 * @param password with which password
 */
public record MigratedDatabase(String url, String username, String password) {

	/** All but the tables of Batch and Quartz, and indices that H2 goes without. */
	private static final String COMMON = "classpath:db/migration/common";

	/** In memory, until it is shut down or the test's process ends. */
	public static MigratedDatabase h2() {
		MigratedDatabase database = emptyH2();
		new JdbcTemplate(database.dataSource()).execute(Tables.SCRIPT);
		return database;
	}

	private static MigratedDatabase emptyH2() {
		return new MigratedDatabase("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
	}

	/** On the shared server. */
	public static MigratedDatabase server(String name) {
		return onServer(ServerTables.TEMPLATE.copy(name));
	}

	private static MigratedDatabase onServer(String database) {
		DatabaseServer server = DatabaseServer.shared();
		return new MigratedDatabase(server.jdbcUrl(database), server.username(), server.password());
	}

	private MigratedDatabase migrate(String bin, String text, String datetime, String... locations) {
		Flyway.configure()
			.dataSource(this.url, this.username, this.password)
			.locations(locations)
			.placeholders(Map.of("bin", bin, "text", text, "datetime", datetime))
			.load()
			.migrate();
		return this;
	}

	/** With a connection of its own for each statement or transaction. */
	public DataSource dataSource() {
		return new DriverManagerDataSource(this.url, this.username, this.password);
	}

	/** Migrated once in a process: doing it for each test takes longer than the test. */
	private static final class Tables {

		static final String SCRIPT = String.join("\n",
				new JdbcTemplate(emptyH2().migrate("", "", "TIMESTAMP", COMMON).dataSource())
					.queryForList("SCRIPT NOSETTINGS", String.class));

		private Tables() {
		}

	}

	/** The same on the server. */
	private static final class ServerTables {

		static final DatabaseTemplate TEMPLATE = new DatabaseTemplate(DatabaseServer.shared(), migrated());

		private ServerTables() {
		}

		private static String migrated() {
			DatabaseServer server = DatabaseServer.shared();
			String database = server.newDatabase("template");
			onServer(database).migrate("CHARACTER SET utf8mb4 COLLATE " + server.nameCollation(),
					"CHARACTER SET utf8mb4", "DATETIME", COMMON, "classpath:db/migration/mysql");
			return database;
		}

	}

}
