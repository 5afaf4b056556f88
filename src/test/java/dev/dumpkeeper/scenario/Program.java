package dev.dumpkeeper.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.springframework.util.FileSystemUtils;

/**
 * The program that is started as a process: the jar that is shipped, extracted as the
 * image has it. The classes of one start are archived for the others (JEP 350), which
 * then cost less than half.
 */
final class Program {

	private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	private static final List<String> FLAGS = List.of("-Xmx192m", "-XX:TieredStopAtLevel=1");

	private final List<String> command;

	private Program(List<String> command) {
		this.command = command;
	}

	/**
	 * Makes it ready.
	 * @param jar the jar that is shipped
	 * @return the program
	 */
	static Program of(Path jar) {
		try {
			Path home = Files.createTempDirectory("dumpkeeper-program-");
			Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(home.toFile())));
			Path application = home.resolve("application");
			run(home, List.of(JAVA, "-Djarmode=tools", "-jar", jar.toAbsolutePath().toString(), "extract",
					"--destination", application.toString()));
			Path extracted = application.resolve("dumpkeeper.jar");
			Path archive = home.resolve("classes.jsa");
			// Needs a database of its own and no gateway.
			run(home, command(List.of("-XX:ArchiveClassesAtExit=" + archive), extracted, "run", "check-capacity",
					"--dumpkeeper.gateway.endpoint=http://127.0.0.1:9", "--dumpkeeper.gateway.access-key=a",
					"--dumpkeeper.gateway.secret-key=b", "--spring.datasource.url=jdbc:h2:file:" + home.resolve("h2")));
			return new Program(command(List.of("-XX:SharedArchiveFile=" + archive), extracted));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What starts a jar as it is.
	 * @param jar the jar
	 * @return the command, to which arguments are added
	 */
	static List<String> command(Path jar) {
		return command(List.of(), jar.toAbsolutePath());
	}

	private static List<String> command(List<String> flags, Path jar, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(JAVA);
		command.addAll(FLAGS);
		command.addAll(flags);
		command.addAll(List.of("-jar", jar.toString()));
		command.addAll(List.of(arguments));
		return command;
	}

	private static void run(Path home, List<String> command) throws IOException {
		Path output = home.resolve("output");
		ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().keySet().removeIf((name) -> name.startsWith("DUMPKEEPER_"));
		Process process = builder.start();
		try {
			if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
				throw new IllegalStateException(command + ": " + Files.readString(output));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * What starts it.
	 * @return the command, to which arguments are added
	 */
	List<String> command() {
		return new ArrayList<>(this.command);
	}

}
