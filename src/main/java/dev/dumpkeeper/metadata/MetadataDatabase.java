package dev.dumpkeeper.metadata;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database with JuiceFS's metadata. Nothing is ever written to it.
 */
public final class MetadataDatabase implements AutoCloseable {

	/**
	 * For two volumes that are scanned and swept in parallel, and the service's links.
	 */
	private static final int CONNECTIONS = 6;

	private static final Duration SILENCE = Duration.ofSeconds(30);

	/** The values by which a server reports that it accepts writes. */
	private static final Set<String> WRITABLE = Set.of("0", "off", "f");

	/** MySQL's ER_UNKNOWN_SYSTEM_VARIABLE. */
	private static final int UNKNOWN_VARIABLE = 1193;

	private final String gateway;

	private final @Nullable String url;

	private final Properties login = new Properties();

	private @Nullable HikariDataSource pool;

	/**
	 * Configures the database of the gateway under {@code dumpkeeper.gateway}, without
	 * connecting.
	 * @param url a JDBC address, {@code null} or blank for none
	 * @param username a user, {@code null} for the driver's default
	 * @param password its password, {@code null} for none
	 */
	public MetadataDatabase(@Nullable String url, @Nullable String username, @Nullable String password) {
		this("", url, username, password, SILENCE);
	}

	/**
	 * Configures the database, without connecting.
	 * @param gateway see {@link dev.dumpkeeper.gateway.VolumeName#gateway()}
	 * @param silence how long a server may send nothing
	 */
	MetadataDatabase(String gateway, @Nullable String url, @Nullable String username, @Nullable String password,
			Duration silence) {
		this.gateway = gateway;
		this.url = (url == null || url.isBlank()) ? null : url.strip();
		if (username != null) {
			this.login.setProperty("user", username);
		}
		if (password != null) {
			this.login.setProperty("password", password);
		}
		// A server that sends slowly or endlessly also ignores a query's time limit.
		if (this.url != null && this.url.startsWith("jdbc:mysql:")) {
			this.login.setProperty("connectTimeout", "10000");
			this.login.setProperty("socketTimeout", Long.toString(silence.toMillis()));
			this.login.setProperty("socketFactory", BoundedSocketFactory.class.getName());
		}
		else if (this.url != null && this.url.startsWith("jdbc:postgresql:")) {
			String seconds = Long.toString(Math.max(1, silence.toSeconds()));
			this.login.setProperty("connectTimeout", "10");
			this.login.setProperty("socketTimeout", seconds);
			this.login.setProperty("socketFactory", BoundedPostgresSocketFactory.class.getName());
			this.login.setProperty("socketFactoryArg", seconds);
		}
	}

	MetadataDatabase(String gateway, MetadataProperties properties) {
		this(gateway, properties.url(), properties.username(), properties.password(), SILENCE);
	}

	/**
	 * Returns whose volumes the database knows.
	 * @return see {@link dev.dumpkeeper.gateway.VolumeName#gateway()}
	 */
	public String gateway() {
		return this.gateway;
	}

	/**
	 * Returns how messages name the database.
	 * @return words with the property that has its address
	 */
	public String description() {
		return "the metadata database (dumpkeeper." + (this.gateway.isEmpty() ? "" : "gateways." + this.gateway + ".")
				+ "metadata.url)";
	}

	/**
	 * Returns whether a database is configured.
	 * @return {@code false} without an address
	 */
	public boolean isConfigured() {
		return this.url != null;
	}

	/**
	 * Opens a separate read-only connection.
	 * @return the connection, to be closed
	 * @throws SQLException when the database cannot be reached or refuses
	 * @throws IllegalStateException if none is configured
	 */
	public Connection connect() throws SQLException {
		Connection connection = DriverManager.getConnection(address(), this.login);
		connection.setReadOnly(true);
		return connection;
	}

	/**
	 * Opens a separate connection whose only transaction reads a consistent snapshot,
	 * without a time limit.
	 */
	Connection snapshot() throws SQLException {
		Connection connection = connect();
		try {
			connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
			connection.setAutoCommit(false);
			return connection;
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

	/**
	 * Returns a pooled connection; each of its transactions reads a consistent snapshot.
	 */
	Connection borrow() throws SQLException {
		return pool().getConnection();
	}

	/**
	 * Whether the server is a replica, or does not say. JuiceFS cannot write to a
	 * read-only server, so its data comes from another one and may lag. The next query of
	 * the connection begins a new transaction.
	 */
	boolean isReplica(Connection connection) throws SQLException {
		// Readers of a cluster with shared storage may have only the second one set.
		String question = address().startsWith("jdbc:mysql:") ? "SELECT @@global.read_only, @@global.innodb_read_only"
				: address().startsWith("jdbc:postgresql:") ? "SELECT pg_is_in_recovery()" : "SELECT 0";
		try (Statement statement = connection.createStatement()) {
			statement.setQueryTimeout((int) SILENCE.toSeconds());
			try (ResultSet rows = statement.executeQuery(question)) {
				boolean writable = rows.next();
				for (int column = rows.getMetaData().getColumnCount(); writable && column > 0; column--) {
					writable = WRITABLE.contains(String.valueOf(rows.getString(column)).toLowerCase(Locale.ROOT));
				}
				return !writable;
			}
		}
		catch (SQLException ex) {
			if (ex.getErrorCode() == UNKNOWN_VARIABLE) {
				return true;
			}
			throw ex;
		}
		finally {
			connection.rollback();
		}
	}

	private synchronized HikariDataSource pool() {
		if (this.pool == null) {
			HikariConfig config = new HikariConfig();
			config.setPoolName("metadata");
			config.setJdbcUrl(address());
			config.setDataSourceProperties(this.login);
			config.setReadOnly(true);
			config.setAutoCommit(false);
			config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
			config.setMaximumPoolSize(CONNECTIONS);
			config.setMinimumIdle(0);
			config.setConnectionTimeout(15_000);
			config.setInitializationFailTimeout(-1);
			this.pool = new HikariDataSource(config);
		}
		return this.pool;
	}

	private String address() {
		if (this.url == null) {
			throw new IllegalStateException("no metadata database is configured");
		}
		return this.url;
	}

	@Override
	public synchronized void close() {
		if (this.pool != null) {
			this.pool.close();
		}
	}

	/** Omits the address, which may contain a password. */
	@Override
	public String toString() {
		return "MetadataDatabase[" + (isConfigured() ? "configured" : "not configured") + "]";
	}

}
