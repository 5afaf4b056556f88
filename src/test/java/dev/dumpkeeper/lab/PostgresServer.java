package dev.dumpkeeper.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * A PostgreSQL server on the loopback interface, from the programs of this machine, with
 * the databases {@code postgres} and {@code juicefs}.
 */
public final class PostgresServer implements AutoCloseable {

	private static final String USER = "dumpkeeper";

	private final int port = Lab.freePort();

	private final Path directory = Lab.temporaryDirectory("postgres");

	private final Process process;

	/**
	 * Starts a server.
	 */
	public PostgresServer() {
		Path programs = programs().orElseThrow();
		Path data = this.directory.resolve("data");
		if (isRoot()) {
			Lab.run("chown", "nobody", this.directory.toString());
		}
		Lab.run(command(programs.resolve("initdb").toString(), "--no-sync", "--auth=trust", "--encoding=UTF8",
				"--locale=C", "--username=" + USER, "--pgdata=" + data)
			.toArray(String[]::new));
		try {
			this.process = new ProcessBuilder(command(programs.resolve("postgres").toString(), "-D", data.toString(),
					"-p", Integer.toString(this.port), "-h", "127.0.0.1", "-k", this.directory.toString(), "-F"))
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(100))
			.ignoreExceptionsInstanceOf(SQLException.class)
			.failFast("The server has ended", () -> !this.process.isAlive())
			.until(() -> {
				execute("postgres", "CREATE DATABASE juicefs");
				return true;
			});
	}

	/**
	 * Whether this machine has the programs.
	 * @return {@code false} where there is no {@code postgres} with {@code initdb} beside
	 * it, on the PATH or where Debian has it
	 */
	public static boolean available() {
		return programs().isPresent();
	}

	private static Optional<Path> programs() {
		// Debian keeps them apart from the PATH.
		Stream<Path> debian = Stream.of("17", "16", "15")
			.map((version) -> Path.of("/usr/lib/postgresql", version, "bin"));
		return Stream
			.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).map(Path::of), debian)
			.map((path) -> path.resolve("postgres"))
			.filter(Files::isExecutable)
			.map((path) -> {
				try {
					return path.toRealPath().resolveSibling("initdb");
				}
				catch (IOException ex) {
					return path;
				}
			})
			.filter((path) -> path.endsWith("initdb") && Files.isExecutable(path))
			.map(Path::getParent)
			.findFirst();
	}

	/** The server refuses to run as root. */
	private static List<String> command(String... command) {
		List<String> all = new ArrayList<>();
		if (isRoot()) {
			all.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
		}
		all.addAll(List.of(command));
		return all;
	}

	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

	/**
	 * Changes something, as who may do everything.
	 * @param database the database
	 * @param statements what to do
	 * @throws SQLException when it is refused
	 */
	public void execute(String database, String... statements) throws SQLException {
		try (var connection = DriverManager.getConnection(jdbcUrl(database), USER, "");
				var statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	public String jdbcUrl(String database) {
		return "jdbc:postgresql://127.0.0.1:" + this.port + "/" + database;
	}

	/**
	 * The address in the form JuiceFS takes.
	 * @return that of the database {@code juicefs}
	 */
	public String juicefsUrl() {
		return "postgres://" + USER + "@127.0.0.1:" + this.port + "/juicefs?sslmode=disable";
	}

	@Override
	public void close() {
		this.process.destroy();
		Lab.end(this.process, 20);
		Lab.delete(this.directory);
	}

}
