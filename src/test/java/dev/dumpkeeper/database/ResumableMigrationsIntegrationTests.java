package dev.dumpkeeper.database;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.MortalDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResumableMigrations} with a server.
 */
class ResumableMigrationsIntegrationTests extends CutMigrations {

	private final DatabaseServer server = DatabaseServer.shared();

	@Override
	DataSource create() {
		return new DriverManagerDataSource(this.server.jdbcUrl(this.server.newDatabase("migrations")),
				this.server.username(), this.server.password());
	}

	@Override
	boolean isMysql() {
		return true;
	}

	@Test
	void twoStartersCompleteTogetherWhatAThirdOneLeft() throws Exception {
		ExecutorService starters = Executors.newFixedThreadPool(2);
		try {
			for (int changes = 1; changes < 80; changes += 13) {
				DataSource database = create();
				die(database, changes);
				Callable<Void> start = () -> {
					migrate(database, "latest");
					return null;
				};
				for (Future<Void> started : starters.invokeAll(List.of(start, start))) {
					started.get();
				}
				assertThat(new JdbcTemplate(database).queryForList("SELECT id FROM digest_lock", Long.class))
					.containsExactly(1L);
			}
		}
		finally {
			starters.shutdownNow();
		}
	}

	private void die(DataSource database, int changes) throws SQLException {
		try (MortalDataSource mortal = MortalDataSource.dyingAfter(database, changes)) {
			migrate(mortal, "latest");
		}
		catch (MortalDataSource.Death ex) {
			// As it should.
		}
	}

}
