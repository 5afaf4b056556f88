package dev.dumpkeeper.lab;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The database as a process sees it that is killed right after it has changed something:
 * from then on each call fails, also those that would clean up.
 */
public final class MortalDataSource extends AbstractDataSource implements AutoCloseable {

	private final DataSource dataSource;

	private final boolean uncommitted;

	private final Consumer<String> before;

	private final List<Connection> connections = new CopyOnWriteArrayList<>();

	/** Have changes that are not committed. */
	private final Set<Connection> changed = new HashSet<>();

	private int changes;

	private boolean dead;

	private MortalDataSource(DataSource dataSource, int changes, boolean uncommitted, Consumer<String> before) {
		this.dataSource = dataSource;
		this.changes = changes;
		this.uncommitted = uncommitted;
		this.before = before;
	}

	/**
	 * Dies after a change that lasts.
	 * @param dataSource the database
	 * @param changes after how many changes
	 * @return the data source
	 */
	public static MortalDataSource dyingAfter(DataSource dataSource, int changes) {
		return new MortalDataSource(dataSource, changes, false, (sql) -> {
		});
	}

	/**
	 * Dies after a change, also when it is not yet committed.
	 * @param dataSource the database
	 * @param changes after how many changes
	 * @return the data source
	 */
	public static MortalDataSource dyingBeforeCommit(DataSource dataSource, int changes) {
		return new MortalDataSource(dataSource, changes, true, (sql) -> {
		});
	}

	/**
	 * Never dies.
	 * @param dataSource the database
	 * @param before called with each statement before it is executed
	 * @return the data source
	 */
	public static MortalDataSource observed(DataSource dataSource, Consumer<String> before) {
		return new MortalDataSource(dataSource, Integer.MAX_VALUE, false, before);
	}

	@Override
	public Connection getConnection() throws SQLException {
		check();
		Connection connection = this.dataSource.getConnection();
		this.connections.add(connection);
		return proxy(Connection.class, connection, connection, null);
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

	/** Closes what the dead process had open, as its operating system would. */
	@Override
	public void close() throws SQLException {
		for (Connection connection : this.connections) {
			connection.close();
		}
	}

	private <T> T proxy(Class<T> type, T target, Connection connection, String prepared) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				check();
				String sql = sql(method.getName(), arguments, prepared);
				boolean execution = method.getName().startsWith("execute") && sql != null;
				if (execution) {
					this.before.accept(sql);
				}
				Object result;
				try {
					result = method.invoke(target, arguments);
				}
				catch (InvocationTargetException ex) {
					throw ex.getCause();
				}
				if (execution && isChange(sql, (Statement) target)) {
					boolean lasts = isDdl(sql) || connection.getAutoCommit();
					changed(connection, lasts);
				}
				if (method.getName().equals("commit") && this.changed.contains(connection)) {
					changed(connection, true);
				}
				if (result instanceof CallableStatement statement) {
					return proxy(CallableStatement.class, statement, connection, sql);
				}
				if (result instanceof PreparedStatement statement) {
					return proxy(PreparedStatement.class, statement, connection, sql);
				}
				return (result instanceof Statement statement) ? proxy(Statement.class, statement, connection, null)
						: result;
			}));
	}

	private static String sql(String method, Object[] arguments, String prepared) {
		boolean given = arguments != null && arguments.length > 0 && arguments[0] instanceof String
				&& (method.startsWith("execute") || method.startsWith("prepare"));
		return given ? (String) arguments[0] : prepared;
	}

	private static boolean isChange(String sql, Statement statement) throws SQLException {
		return isDdl(sql) || statement.getUpdateCount() > 0;
	}

	private static boolean isDdl(String sql) {
		String start = sql.strip().toUpperCase(Locale.ROOT);
		return start.startsWith("CREATE") || start.startsWith("ALTER") || start.startsWith("DROP");
	}

	private synchronized void changed(Connection connection, boolean lasts) {
		if (lasts) {
			this.changed.remove(connection);
		}
		else {
			this.changed.add(connection);
		}
		if ((lasts || this.uncommitted) && --this.changes == 0) {
			this.dead = true;
			throw new Death();
		}
	}

	private synchronized void check() {
		if (this.dead) {
			throw new Death();
		}
	}

	/** What a process that was killed does not live to see. */
	public static final class Death extends Error {

		private static final long serialVersionUID = 1L;

	}

}
