package dev.dumpkeeper.database;

import java.util.UUID;

import javax.sql.DataSource;

import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ResumableMigrations} with H2.
 */
class ResumableMigrationsTests extends CutMigrations {

	@Override
	DataSource create() {
		return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
	}

	@Override
	boolean isMysql() {
		return false;
	}

	@ParameterizedTest
	@ValueSource(strings = { "DROP TABLE IF EXISTS dump", "DROP TABLE dump, other", "DROP INDEX a",
			"CREATE TABLE IF NOT EXISTS dump (id INT)", "ALTER TABLE dump ADD COLUMN a INT, ADD COLUMN b VARCHAR(3)",
			"ALTER TABLE dump MODIFY a BIGINT", "SET sql_mode = ''" })
	void aStatementThatCannotBeResumedIsRefused(String sql) {
		assertThatIllegalArgumentException().isThrownBy(() -> MigrationStatement.of(sql));
	}

	@Test
	void aTableThatSomebodyElseDroppedFailsTheMigration() {
		DataSource database = create();
		migrate(database, "9002");
		new JdbcTemplate(database).execute("DROP TABLE later");
		assertThatExceptionOfType(FlywayException.class).isThrownBy(() -> migrate(database, "latest"))
			.havingCause()
			.isInstanceOf(MigrationFailedException.class)
			.withMessageContaining("V9003__drop_later.sql")
			.withMessageContaining("no table later, which it drops");
	}

	@Test
	void aStatementIsKnownByWhatItCreates() {
		assertThat(MigrationStatement.of("-- a\n\t-- b;\n create unique index a_b ON dump (a);").what())
			.isEqualTo("index a_b of table dump");
		assertThat(MigrationStatement.of("DROP TABLE dump;").what()).isEqualTo("table dump");
		assertThat(MigrationStatement.of("ALTER TABLE dump ADD COLUMN a DECIMAL(3, 1) NOT NULL").what())
			.isEqualTo("column a of table dump");
	}

}
