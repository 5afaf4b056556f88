package dev.dumpkeeper.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

import dev.dumpkeeper.database.FailureClassifier;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.runs.RunLauncher;
import dev.dumpkeeper.text.SafeText;

/**
 * The command line: {@code run JOB}, {@code --help}, {@code --version}. The report is
 * written to standard output and everything else to standard error.
 */
public final class CommandLineEntry {

	private final Class<?> application;

	private final PrintStream out;

	private final PrintStream err;

	/**
	 * Creates an instance with this process's streams.
	 * @param application the Spring Boot application to start
	 */
	public CommandLineEntry(Class<?> application) {
		// Reports contain names of objects, which are UTF-8 in any locale.
		this(application, new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
				System.err);
	}

	/**
	 * Creates an instance.
	 * @param application the Spring Boot application to start
	 * @param out receives the report
	 * @param err receives errors
	 */
	public CommandLineEntry(Class<?> application, PrintStream out, PrintStream err) {
		this.application = application;
		this.out = out;
		this.err = err;
	}

	/**
	 * Executes a command.
	 * @param args the command line
	 * @return the exit code of the process, as {@code --help} lists them
	 */
	public int run(String... args) {
		// Libraries derive column names and format numbers with the default locale:
		// run_id would lose the dot of its i in Turkish, and JSON could get Arabic
		// digits.
		Locale.setDefault(Locale.ROOT);
		try (Startup startup = new Startup(this.application, this.out, this.err)) {
			return commandLine(startup).execute(args);
		}
	}

	private CommandLine commandLine(Startup startup) {
		CommandLine runs = new CommandLine(new RunCommand(startup));
		runs.addSubcommand("hold", new HoldCommand(startup));
		runs.addSubcommand("release", new ReleaseCommand(startup));
		runs.addSubcommand("inspect", new InspectCommand(startup));
		CommandLine commandLine = new CommandLine(new ServiceCommand(startup));
		commandLine.addSubcommand("run", runs);
		commandLine.setUsageHelpAutoWidth(true);
		commandLine.setCaseInsensitiveEnumValuesAllowed(true);
		commandLine.setOut(new PrintWriter(this.out, true, StandardCharsets.UTF_8));
		commandLine.setErr(new PrintWriter(this.err, true, StandardCharsets.UTF_8));
		commandLine.setParameterExceptionHandler((ex, arguments) -> {
			this.err.println(
					"dumpkeeper: " + SafeText.oneLine(String.valueOf(ex.getMessage()).lines().findFirst().orElse(""))
							+ " (see --help)");
			return ExitCode.USAGE.number();
		});
		commandLine.setExecutionExceptionHandler((ex, command, parsed) -> fail(startup, ex));
		return commandLine;
	}

	private int fail(Startup startup, Throwable ex) {
		FailureClassifier failure = (ex instanceof RunLauncher.LockedException)
				? new FailureClassifier(ExitCode.LOCKED, String.valueOf(ex.getMessage()))
				: FailureClassifier.of(startup.cause(ex));
		// Messages of this application contain no secrets, and a password may equal one
		// of their words.
		boolean foreign = failure.code() == ExitCode.DATABASE || failure.code() == ExitCode.UNEXPECTED;
		this.err
			.println("dumpkeeper: " + SafeText.oneLine(foreign ? startup.mask(failure.message()) : failure.message()));
		if (failure.code() == ExitCode.UNEXPECTED) {
			log(startup, ex);
		}
		return failure.code().number();
	}

	private static void log(Startup startup, Throwable ex) {
		Logger logger = LoggerFactory.getLogger(CommandLineEntry.class);
		StringWriter trace = new StringWriter();
		ex.printStackTrace(new PrintWriter(trace));
		String masked = startup.mask(trace.toString());
		if (masked.contentEquals(trace.getBuffer())) {
			logger.error("unexpected failure", ex);
		}
		else {
			logger.error("unexpected failure: {}", masked);
		}
	}

}
