package dev.dumpkeeper.notifier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/**
 * One run of the script, with nothing in its environment but what is given here.
 */
final class Hook {

	static final Path SCRIPT = Path.of("k8s/app/dump-notify.sh").toAbsolutePath();

	private final Path work;

	private final Shell shell;

	private final List<String> options = new ArrayList<>();

	private final Map<String, byte[]> environment = new LinkedHashMap<>();

	private final List<String> prefix = new ArrayList<>();

	private String before = "";

	/**
	 * Prepares one.
	 * @param work a directory for what the run needs, away from the dumps
	 * @param shell what runs the script
	 */
	Hook(Path work, Shell shell) {
		this.work = work;
		this.shell = shell;
		with("PATH", System.getenv("PATH"));
	}

	Hook with(String name, String value) {
		return with(name, value.getBytes(StandardCharsets.UTF_8));
	}

	Hook with(String name, byte[] value) {
		this.environment.put(name, value);
		return this;
	}

	/** Leaves no tools but these; a test is skipped where one is missing. */
	Hook withTools(String... tools) {
		Path directory = this.work.resolve("tools");
		List<String> all = new ArrayList<>(this.shell.tools());
		all.addAll(List.of(tools));
		try {
			Files.createDirectories(directory);
			for (String tool : all) {
				Path found = Shell.find(tool).orElse(null);
				Assumptions.assumeTrue(found != null, "no " + tool + " here");
				Files.createSymbolicLink(directory.resolve(tool), found.toRealPath());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return with("PATH", directory.toString());
	}

	/** Adds a tool of the test's own to those of {@link #withTools}. */
	Hook withTool(String name, String script) {
		try {
			Path tool = Files.writeString(this.work.resolve("tools").resolve(name), script);
			tool.toFile().setExecutable(true, false);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	/** Runs it by a user who is not root, where that is possible. */
	Hook unprivileged() {
		if ("root".equals(System.getProperty("user.name"))) {
			Assumptions.assumeTrue(Shell.find("setpriv").isPresent(), "no setpriv here");
			this.prefix.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
		}
		return this;
	}

	/** Options of the shell, such as {@code -eu}. */
	Hook withOptions(String... options) {
		this.options.addAll(List.of(options));
		return this;
	}

	/** Something that the shell does first. */
	Hook before(String commands) {
		this.before = commands + "\n";
		return this;
	}

	/**
	 * Runs it to its end.
	 * @param arguments the script's arguments
	 * @return what came of it
	 */
	Result run(String... arguments) {
		try {
			List<String> command = new ArrayList<>(this.prefix);
			command.addAll(this.shell.command());
			command.add(wrapper().toString());
			command.addAll(List.of(arguments));
			ProcessBuilder builder = new ProcessBuilder(command);
			builder.redirectOutput(this.work.resolve("out").toFile()).redirectError(this.work.resolve("err").toFile());
			long began = System.nanoTime();
			Process process = builder.start();
			boolean ended = process.waitFor(20, TimeUnit.SECONDS);
			Duration time = Duration.ofNanos(System.nanoTime() - began);
			process.destroyForcibly();
			if (!ended) {
				throw new AssertionError("The hook hangs");
			}
			return new Result(process.exitValue(), Files.readString(this.work.resolve("out")),
					Files.readString(this.work.resolve("err")), time);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Java cannot hand over every value: it encodes them as the locale wants. So a script
	 * sets them.
	 */
	private Path wrapper() throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(this.before.getBytes(StandardCharsets.UTF_8));
		out.writeBytes("unset project_env pod_name pkg HOSTNAME http_proxy\n".getBytes(StandardCharsets.UTF_8));
		this.environment.forEach((name, value) -> {
			out.writeBytes(("export " + name + "='").getBytes(StandardCharsets.UTF_8));
			for (byte each : value) {
				out.writeBytes((each == '\'') ? "'\\''".getBytes(StandardCharsets.UTF_8) : new byte[] { each });
			}
			out.writeBytes("'\n".getBytes(StandardCharsets.UTF_8));
		});
		List<String> command = new ArrayList<>(this.shell.command());
		command.addAll(this.options);
		out.writeBytes(
				("exec " + String.join(" ", command) + " " + SCRIPT + " \"$@\"\n").getBytes(StandardCharsets.UTF_8));
		return Files.write(this.work.resolve("wrapper"), out.toByteArray());
	}

	/**
	 * What came of a run.
	 *
	 * @param exitCode the script's
	 * @param out what it printed
	 * @param err what it printed on standard error
	 * @param time how long it took
	 */
	record Result(int exitCode, String out, String err, Duration time) {

	}

}
