package dev.dumpkeeper.hprof;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Java installation that children are started with.
 *
 * @param home its directory
 */
record Jvm(Path home) {

	/** The one that runs the tests, and a JDK 25 where one is found. */
	static List<Jvm> all() {
		List<Jvm> all = new ArrayList<>(List.of(new Jvm(Path.of(System.getProperty("java.home")))));
		if (Runtime.version().feature() != 25) {
			jdk25().ifPresent(all::add);
		}
		return all;
	}

	private static Optional<Jvm> jdk25() {
		String java = System.getenv("JAVA25");
		if (java != null) {
			return Optional.of(new Jvm(Path.of(java).toAbsolutePath().getParent().getParent()));
		}
		Path directory = Path.of("/usr/lib/jvm");
		if (!Files.isDirectory(directory)) {
			return Optional.empty();
		}
		try (Stream<Path> homes = Files.list(directory)) {
			return homes.filter((home) -> home.getFileName().toString().contains("25"))
				.filter((home) -> Files.isExecutable(home.resolve("bin/java")))
				.sorted()
				.findFirst()
				.map(Jvm::new);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The command that starts {@link Hungry}.
	 * @param flags the JVM's flags
	 * @param arguments the program's arguments
	 */
	ProcessBuilder hungry(List<String> flags, String... arguments) {
		return start(Hungry.class, flags, arguments);
	}

	/**
	 * The command that starts a main class of the tests.
	 * @param main the class
	 * @param flags the JVM's flags
	 * @param arguments the program's arguments
	 */
	ProcessBuilder start(Class<?> main, List<String> flags, String... arguments) {
		List<String> command = new ArrayList<>(List.of(this.home.resolve("bin/java").toString(), "-cp", classes()));
		command.addAll(flags);
		command.add(main.getName());
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true);
	}

	Path jcmd() {
		return this.home.resolve("bin/jcmd");
	}

	private static String classes() {
		return directory(Hungry.class) + File.pathSeparator + directory(HeapReading.class);
	}

	private static String directory(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return this.home.getFileName().toString();
	}

}
