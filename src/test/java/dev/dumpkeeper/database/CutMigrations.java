package dev.dumpkeeper.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.lab.MortalDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What each database owes to whoever is killed while it migrates, {@link Flyway} and
 * {@link ResumableMigrations} together.
 */
abstract class CutMigrations {

	/** The last migration of the application: what a test adds comes later. */
	private static final String BASELINE = "11";

	/** Two migrations later: columns, a table, an index, rows. */
	private static final String LATER = "9002";

	/** A new, empty database. */
	abstract DataSource create();

	abstract boolean isMysql();

	@Test
	void startsThatDieAfterOneChangeEachMakeWhatAnUndisturbedOneMakes() throws SQLException {
		DataSource undisturbed = create();
		migrate(undisturbed, "latest");
		DataSource cut = create();
		int deaths = 0;
		while (!lives(MortalDataSource.dyingAfter(cut, 1))) {
			deaths++;
			lives(MortalDataSource.dyingBeforeCommit(cut, 1));
		}
		assertThat(deaths).as("changes").isGreaterThan(100);
		assertThat(shape(cut)).isEqualTo(shape(undisturbed));
		assertThat(rows(cut)).isEqualTo(rows(undisturbed));
		assertThat(
				new JdbcTemplate(cut).queryForList("SELECT * FROM " + history() + " WHERE " + success() + " = FALSE"))
			.isEmpty();
	}

	@Test
	void anUpgradeThatDiesOnceAnywhereIsCompleted() throws SQLException {
		DataSource undisturbed = create();
		migrate(undisturbed, LATER);
		for (int changes = 1;; changes++) {
			DataSource cut = create();
			migrate(cut, BASELINE);
			boolean lives = lives(MortalDataSource.dyingAfter(cut, changes), LATER);
			migrate(cut, LATER);
			assertThat(shape(cut)).as("%d changes", changes).isEqualTo(shape(undisturbed));
			if (lives) {
				assertThat(changes).isGreaterThan(10);
				return;
			}
		}
	}

	@Test
	void aTableOfSomebodyElseFailsEachStartUntilItIsGone() {
		DataSource database = create();
		JdbcTemplate jdbc = new JdbcTemplate(database);
		migrate(database, "5");
		jdbc.execute("CREATE TABLE dump (id INT PRIMARY KEY)");
		for (int start = 0; start < 2; start++) {
			assertThatExceptionOfType(FlywayException.class).isThrownBy(() -> migrate(database, "latest"))
				.havingCause()
				.isInstanceOf(MigrationFailedException.class)
				.withMessageContaining("V0006__create_ledger.sql")
				.withMessageContaining("table dump that was not created by these migrations");
		}
		jdbc.execute("DROP TABLE dump");
		migrate(database, "latest");
	}

	@Test
	void aStatementThatFailsIsNamedAndTheNextStartGoesOnThere() {
		DataSource database = create();
		JdbcTemplate jdbc = new JdbcTemplate(database);
		migrate(database, BASELINE);
		jdbc.execute("ALTER TABLE expiry_plan RENAME TO elsewhere");
		for (int start = 0; start < 2; start++) {
			assertThatExceptionOfType(FlywayException.class).isThrownBy(() -> migrate(database, "latest"))
				.havingCause()
				.isInstanceOf(MigrationFailedException.class)
				.withMessageContaining("V9001__add_columns_to_plan.sql");
		}
		jdbc.execute("ALTER TABLE elsewhere RENAME TO expiry_plan");
		migrate(database, "latest");
	}

	/** A server completes a statement although the process that sent it is dead. */
	@Test
	void aStatementThatIsCompletedForADeadStarterMeanwhileIsNoFailure() throws SQLException {
		DataSource database = create();
		migrate(database, "4");
		// It dies once the statement is recorded as begun.
		assertThat(lives(MortalDataSource.dyingAfter(database, 2))).isFalse();
		AtomicBoolean completed = new AtomicBoolean();
		try (MortalDataSource observed = MortalDataSource.observed(database, (sql) -> {
			if (sql.startsWith("CREATE TABLE directory_usage") && completed.compareAndSet(false, true)) {
				new JdbcTemplate(database).execute(sql);
			}
		})) {
			migrate(observed, "latest");
		}
		assertThat(completed).isTrue();
	}

	final void migrate(DataSource database, String target) {
		NameCollation.migrate(flyway(database, target));
	}

	private Flyway flyway(DataSource database, String target) {
		return DatabaseConfiguration.migrations(Flyway.configure())
			.dataSource(database)
			.locations("classpath:db/migration/common", "classpath:db/migration/" + (isMysql() ? "mysql" : "h2"),
					"classpath:db/later")
			.target(target)
			.load();
	}

	private boolean lives(MortalDataSource mortal) throws SQLException {
		return lives(mortal, "latest");
	}

	private boolean lives(MortalDataSource mortal, String target) throws SQLException {
		try (mortal) {
			migrate(mortal, target);
			return true;
		}
		catch (MortalDataSource.Death ex) {
			return false;
		}
	}

	private List<String> shape(DataSource database) {
		JdbcTemplate jdbc = new JdbcTemplate(database);
		List<String> shape = jdbc.queryForList("""
				SELECT CONCAT_WS(' ', table_name, ordinal_position, column_name, data_type, is_nullable, column_default)
				FROM information_schema.columns WHERE table_schema = SCHEMA()
				ORDER BY table_name, ordinal_position""", String.class);
		shape.addAll(jdbc.queryForList("""
				SELECT CONCAT_WS(' ', table_name, index_name) FROM information_schema.%s
				WHERE table_schema = SCHEMA() AND table_name <> 'flyway_schema_history'
				AND index_name NOT LIKE 'PRIMARY_KEY%%' AND index_name NOT LIKE 'CONSTRAINT%%'
				ORDER BY table_name, index_name""".formatted(isMysql() ? "statistics" : "indexes"), String.class));
		// H2 makes up a part of the names of indexes that belong to a constraint.
		return shape.stream().map((line) -> line.replaceFirst("_INDEX_\\w$", "")).toList();
	}

	private List<Long> rows(DataSource database) {
		JdbcTemplate jdbc = new JdbcTemplate(database);
		List<Long> rows = jdbc.queryForList("SELECT id FROM digest_lock", Long.class);
		if (isMysql()) {
			rows.addAll(jdbc.queryForList("SELECT id FROM BATCH_JOB_INSTANCE_SEQ", Long.class));
		}
		return rows;
	}

	private String history() {
		return isMysql() ? "flyway_schema_history" : "\"flyway_schema_history\"";
	}

	private String success() {
		return isMysql() ? "success" : "\"success\"";
	}

}
