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
			List<String> start = List.of("-jar", application.resolve("dumpkeeper.jar").toString());
			Path archive = home.resolve("classes.jsa");
			// Needs a database of its own and no gateway.
			run(home, command("-XX:ArchiveClassesAtExit=" + archive, start, "run", "forecast-score",
					"--dumpkeeper.gateway.endpoint=http://127.0.0.1:9", "--dumpkeeper.gateway.access-key=a",
					"--dumpkeeper.gateway.secret-key=b", "--spring.datasource.url=jdbc:h2:file:" + home.resolve("h2")));
			return new Program(command("-XX:SharedArchiveFile=" + archive, start));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> command(String flag, List<String> start, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(JAVA);
		command.addAll(FLAGS);
		command.add(flag);
		command.addAll(start);
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
