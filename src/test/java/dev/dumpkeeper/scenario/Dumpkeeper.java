package dev.dumpkeeper.scenario;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.dumpkeeper.DumpkeeperApplication;
import dev.dumpkeeper.lab.Lab;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.TestGateway;
import dev.dumpkeeper.cli.CommandLineEntry;
import org.springframework.core.SpringProperties;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command line with its properties, called in this JVM or as the process that is
 * shipped. Values never change: {@link #with} gives a new one.
 */
final class Dumpkeeper {

	private static final String JAR = System.getProperty("application.jar", "target/dumpkeeper.jar");

	static {
		// A run in this JVM must see the properties given here and no others: what tests
		// configure by the same prefix is unknown to it.
		System.clearProperty("application.jar");
		SpringProperties.setFlag("spring.getenv.ignore");
	}

	/** Made when the first process is started. */
	private static final class Shipped {

		static final Program program = Program.of(Path.of(JAR));

	}

	private final Map<String, String> properties;

	private Dumpkeeper(Map<String, String> properties) {
		this.properties = properties;
	}

	/**
	 * Dumpkeeper before a gateway, with the keys that are right. The mounts are trusted,
	 * since most scenarios have files without the bytes of a dump.
	 * @param endpoint the gateway, or a proxy before it
	 * @return with no database named yet
	 */
	static Dumpkeeper on(URI endpoint) {
		return new Dumpkeeper(Map.of()).with("dumpkeeper.gateway.endpoint", endpoint)
			.with("dumpkeeper.gateway.access-key", TestGateway.ACCESS_KEY)
			.with("dumpkeeper.gateway.secret-key", TestGateway.SECRET_KEY)
			.with("dumpkeeper.gateway.trusted-mounts", true);
	}

	Dumpkeeper with(String property, Object value) {
		Map<String, String> properties = new LinkedHashMap<>(this.properties);
		properties.put(property, value.toString());
		return new Dumpkeeper(properties);
	}

	Dumpkeeper without(String property) {
		Map<String, String> properties = new LinkedHashMap<>(this.properties);
		properties.remove(property);
		return new Dumpkeeper(properties);
	}

	Dumpkeeper database(String url, String user, String password) {
		return with("spring.datasource.url", url).with("spring.datasource.username", user)
			.with("spring.datasource.password", password);
	}

	Dumpkeeper database(DatabaseServer server, String name) {
		return database(server.jdbcUrl(name), server.username(), server.password());
	}

	/**
	 * Runs a job in this JVM.
	 * @param job its name, and what else stands on the command line
	 * @return how it ended
	 */
	Result run(String... job) {
		return run(DumpkeeperApplication.class, job);
	}

	/**
	 * Runs a job of an application with beans of its own in this JVM.
	 * @param application what imports {@link DumpkeeperApplication}
	 * @param job its name, and what else stands on the command line
	 * @return how it ended
	 */
	Result run(Class<?> application, String... job) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		CommandLineEntry entry = new CommandLineEntry(application, stream(out), stream(err));
		int exitCode = entry.run(arguments(job).toArray(String[]::new));
		return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

	/**
	 * Starts a job as a process, in a working directory of its own.
	 * @param job its name, and what else stands on the command line
	 * @return the process
	 */
	Running process(String... job) {
		return process(directory(), job);
	}

	/**
	 * Starts a job as a process of a JVM with flags of its own, in a working directory of
	 * its own.
	 * @param flags such as {@code -Duser.language=tr}
	 * @param job its name, and what else stands on the command line
	 * @return the process
	 */
	Running process(List<String> flags, String... job) {
		List<String> command = Shipped.program.command();
		command.addAll(1, flags);
		return start(command, directory(), arguments(job));
	}

	/**
	 * Starts a job as a process.
	 * @param directory the working directory
	 * @param job its name, and what else stands on the command line
	 * @return the process
	 */
	Running process(Path directory, String... job) {
		return start(Shipped.program.command(), directory, arguments(job));
	}

	/**
	 * Starts a job as a process of the jar itself, as people do by hand.
	 * @param directory the working directory
	 * @param job its name, and what else stands on the command line
	 * @return the process
	 */
	Running jar(Path directory, String... job) {
		return start(Program.command(Path.of(JAR)), directory, arguments(job));
	}

	/**
	 * Starts the service as a process, on ports of its own.
	 * @return the service, which may not be up yet
	 */
	Service service() {
		return service(List.of());
	}

	/**
	 * Starts the service as a process of a JVM with flags of its own.
	 * @param flags such as {@code -Xmx128m}, which go before those of all others
	 * @return the service, which may not be up yet
	 */
	Service service(List<String> flags) {
		int port = Lab.freePort();
		int management = Lab.freePort();
		Dumpkeeper placed = with("server.port", port).with("management.server.port", management)
			.with("server.address", "127.0.0.1")
			.with("management.server.address", "127.0.0.1");
		List<String> command = Shipped.program.command();
		command.addAll(command.indexOf("-jar"), flags);
		return new Service(start(command, directory(), placed.settings()), port, management);
	}

	private static Running start(List<String> command, Path directory, List<String> arguments) {
		command.addAll(arguments);
		try {
			File out = Files.createTempFile(directory, "dumpkeeper-", ".out").toFile();
			File err = Files.createTempFile(directory, "dumpkeeper-", ".err").toFile();
			ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
				.redirectOutput(out)
				.redirectError(err);
			builder.environment().keySet().removeIf((name) -> name.startsWith("DUMPKEEPER_"));
			return new Running(builder.start(), out.toPath(), err.toPath());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path directory() {
		try {
			Path directory = Files.createTempDirectory("dumpkeeper-run-");
			Runtime.getRuntime()
				.addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(directory.toFile())));
			return directory;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> arguments(String... job) {
		List<String> arguments = new ArrayList<>();
		arguments.add("run");
		arguments.addAll(List.of(job));
		arguments.addAll(settings());
		return arguments;
	}

	private List<String> settings() {
		List<String> settings = new ArrayList<>();
		this.properties.forEach((name, value) -> settings.add("--" + name + "=" + value));
		return settings;
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

	/**
	 * How a run ended.
	 *
	 * @param exitCode its exit code
	 * @param out standard output: the report
	 * @param err standard error
	 */
	record Result(int exitCode, String out, String err) {

		/**
		 * The report for machines.
		 * @return the last line of the output that is JSON, a missing node without one
		 */
		JsonNode json() {
			return this.out.lines()
				.filter((line) -> line.startsWith("{"))
				.reduce((earlier, later) -> later)
				.map((line) -> JsonMapper.shared().readTree(line))
				.orElse(JsonMapper.shared().missingNode());
		}

		/**
		 * What the report says of a volume.
		 * @param name the volume
		 * @return its part, a missing node where the report does not name it
		 */
		JsonNode volume(String name) {
			return stream(json().path("volumes")).filter((volume) -> volume.path("name").asString().equals(name))
				.findFirst()
				.orElse(JsonMapper.shared().missingNode());
		}

		long count(String volume, String what) {
			return volume(volume).path(what).asLong(-1);
		}

		List<String> warnings() {
			return stream(json().path("warnings")).map(JsonNode::asString).toList();
		}

		/** Of the volume's first marker. */
		String marker(String volume) {
			return volume(volume).path("markers").path(0).path("state").asString("");
		}

		String plan() {
			return json().path("plan").path("id").asString("");
		}

		private static Stream<JsonNode> stream(JsonNode array) {
			return StreamSupport.stream(array.spliterator(), false);
		}

	}

	/**
	 * A run that is a process.
	 */
	static final class Running implements AutoCloseable {

		private final Process process;

		private final Path out;

		private final Path err;

		Running(Process process, Path out, Path err) {
			this.process = process;
			this.out = out;
			this.err = err;
		}

		/** SIGKILL. */
		void kill() {
			this.process.destroyForcibly();
			await(Duration.ofSeconds(10));
		}

		/** SIGSTOP: it does nothing, and its connections stay open. */
		void freeze() {
			Lab.signal("STOP", this.process.pid());
		}

		/** SIGCONT. */
		void thaw() {
			Lab.signal("CONT", this.process.pid());
		}

		/** SIGTERM. */
		void terminate() {
			this.process.destroy();
		}

		/** SIGINT, as Ctrl-C sends it. */
		void interrupt() {
			Lab.signal("INT", this.process.pid());
		}

		/**
		 * Whether SIGINT reaches it: what a shell starts in the background ignores it,
		 * and so does whatever that starts.
		 */
		boolean isInterruptible() {
			try {
				String status = Files.readString(Path.of("/proc/" + this.process.pid() + "/status"));
				String ignored = status.lines().filter((line) -> line.startsWith("SigIgn:")).findFirst().orElseThrow();
				return (Long.parseUnsignedLong(ignored.substring(7).strip(), 16) & 2) == 0;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		boolean isAlive() {
			return this.process.isAlive();
		}

		Result await(Duration limit) {
			try {
				if (!this.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
					throw new AssertionError("Not ended after " + limit + ":\n" + output());
				}
				return new Result(this.process.exitValue(), Files.readString(this.out), Files.readString(this.err));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		Result await() {
			return await(Duration.ofSeconds(60));
		}

		String output() throws IOException {
			return Files.readString(this.out) + Files.readString(this.err);
		}

		@Override
		public void close() {
			this.process.destroyForcibly();
			await(Duration.ofSeconds(10));
		}

	}

}
