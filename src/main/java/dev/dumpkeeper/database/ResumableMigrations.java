package dev.dumpkeeper.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorDetails;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.exception.FlywayBlockStatementExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the statements of migrations in place of Flyway, so that the next start
 * completes a migration that was interrupted anywhere by a kill or a failure: neither
 * MySQL nor H2 can roll back a part of one.
 * <p>
 * Before a statement creates an object, its start is recorded, but only while the object
 * does not exist. An object that exists later, with a start recorded by a process that
 * has ended, was therefore created by this application and is complete, since the
 * databases create a table, a column or an index atomically. An object that exists
 * without that record was created by somebody else and fails the migration. The reverse
 * applies to a table that a statement drops. A statement that changes rows is recorded
 * together with its change. Concurrent starts are excluded by Flyway's lock.
 * <p>
 * Flyway is prevented from recording a failure, by another failure before it does: its
 * record would fail every later start. So this instance executes one migration after the
 * other.
 */
final class ResumableMigrations implements Callback {

	private static final Logger logger = LoggerFactory.getLogger(ResumableMigrations.class);

	private static final MigrationStatement RECORD = MigrationStatement.of("""
			CREATE TABLE migration_statement (
				version VARCHAR(50) NOT NULL,
				hash CHAR(64) NOT NULL,
				PRIMARY KEY (version, hash)
			)""");

	private @Nullable MigrationFailedException failure;

	@Override
	public boolean supports(Event event, Context context) {
		return event == Event.BEFORE_EACH_MIGRATE || event == Event.BEFORE_EACH_MIGRATE_STATEMENT
				|| event == Event.AFTER_EACH_MIGRATE_ERROR;
	}

	@Override
	public boolean canHandleInTransaction(Event event, Context context) {
		return true;
	}

	@Override
	public String getCallbackName() {
		return "resumable";
	}

	@Override
	public void handle(Event event, Context context) {
		if (event == Event.AFTER_EACH_MIGRATE_ERROR) {
			throw (this.failure != null) ? this.failure : new MigrationFailedException(
					context.getMigrationInfo().getScript() + " failed and continues at the next start", null);
		}
		this.failure = null;
		try {
			handle(event == Event.BEFORE_EACH_MIGRATE, context);
		}
		catch (MigrationFailedException ex) {
			this.failure = ex;
			throw ex;
		}
		if (event == Event.BEFORE_EACH_MIGRATE_STATEMENT) {
			// This exception tells Flyway that the statement needs no execution.
			throw new FlywayBlockStatementExecutionException(new ErrorDetails(CoreErrorCode.ERROR, "executed"),
					"executed");
		}
	}

	private static void handle(boolean begins, Context context) {
		MigrationInfo migration = context.getMigrationInfo();
		try {
			Connection connection = context.getConnection();
			boolean autoCommit = connection.getAutoCommit();
			connection.setAutoCommit(true);
			Step step = new Step(connection, String.valueOf(migration.getVersion()), migration.getScript());
			if (begins) {
				step.prepare();
			}
			else {
				step.execute(MigrationStatement.of(context.getStatement().getSql()));
			}
			connection.setAutoCommit(autoCommit);
		}
		catch (SQLException | IllegalArgumentException ex) {
			throw new MigrationFailedException(migration.getScript() + " failed: " + ex.getMessage(), ex);
		}
	}

	private record Step(Connection connection, String version, String script) {

		void prepare() throws SQLException {
			if (!RECORD.isDone(this.connection)) {
				run(RECORD);
			}
			else {
				// Other migrations are complete, since Flyway applies them one after the
				// other.
				update("DELETE FROM migration_statement WHERE version <> ?", this.version);
			}
		}

		void execute(MigrationStatement statement) throws SQLException {
			boolean begun = isBegun(statement);
			if (statement.isData()) {
				if (!begun) {
					change(statement);
				}
				return;
			}
			if (statement.isDone(this.connection)) {
				if (!begun) {
					throw new MigrationFailedException(this.script + " failed: " + statement.strange(), null);
				}
				logger.info("{} continues after {}", this.script, statement.what());
				return;
			}
			if (!begun) {
				record(statement);
				settle();
			}
			try {
				run(statement);
				settle();
			}
			catch (SQLException ex) {
				// The server may just have completed it for a process that was killed.
				if (!begun || !isDoneNow(statement, ex)) {
					throw ex;
				}
			}
		}

		/**
		 * H2 writes its tables to the file one after the other and while they change: a
		 * kill may preserve a later change without an earlier one, such as the record of
		 * a migration without its table.
		 */
		private void settle() throws SQLException {
			if (this.connection.getMetaData().getDatabaseProductName().equals("H2")) {
				try (Statement checkpoint = this.connection.createStatement()) {
					checkpoint.execute("CHECKPOINT");
				}
			}
		}

		private boolean isDoneNow(MigrationStatement statement, SQLException failure) {
			try {
				return statement.isDone(this.connection);
			}
			catch (SQLException ex) {
				failure.addSuppressed(ex);
				return false;
			}
		}

		private void change(MigrationStatement statement) throws SQLException {
			this.connection.setAutoCommit(false);
			try {
				record(statement);
				run(statement);
				this.connection.commit();
			}
			catch (SQLException ex) {
				this.connection.rollback();
				throw ex;
			}
			this.connection.setAutoCommit(true);
		}

		private boolean isBegun(MigrationStatement statement) throws SQLException {
			try (PreparedStatement query = this.connection
				.prepareStatement("SELECT 1 FROM migration_statement WHERE version = ? AND hash = ?")) {
				query.setString(1, this.version);
				query.setString(2, statement.hash());
				try (ResultSet rows = query.executeQuery()) {
					return rows.next();
				}
			}
		}

		private void record(MigrationStatement statement) throws SQLException {
			update("INSERT INTO migration_statement (version, hash) VALUES (?, ?)", this.version, statement.hash());
		}

		private void update(String sql, String... values) throws SQLException {
			try (PreparedStatement update = this.connection.prepareStatement(sql)) {
				for (int i = 0; i < values.length; i++) {
					update.setString(i + 1, values[i]);
				}
				update.executeUpdate();
			}
		}

		private void run(MigrationStatement statement) throws SQLException {
			try (Statement execution = this.connection.createStatement()) {
				execution.execute(statement.sql());
			}
		}

	}

}
