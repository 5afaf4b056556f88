package dev.dumpkeeper.maintenance;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.DumpContents;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.StoppedException;
import dev.dumpkeeper.run.UsageException;
import dev.dumpkeeper.text.SafeText;

/**
 * The command line: {@code run JOB}, {@code --help}, {@code --version}. The report goes
 * to standard output and everything else to standard error.
 */
public final class CommandLineEntry {

	private final Class<?> application;

	private final PrintStream out;

	private final PrintStream err;

	private final Ending ending = new Ending();

	private @Nullable SensitiveValues sensitive;

	/**
	 * Creates it for this process's own streams.
	 * @param application the Spring Boot application to start
	 */
	public CommandLineEntry(Class<?> application) {
		// Reports name foreign objects: they are UTF-8 whatever the locale is.
		this(application, new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
				System.err);
	}

	/**
	 * Creates it.
	 * @param application the Spring Boot application to start
	 * @param out gets the report
	 * @param err gets what went wrong
	 */
	public CommandLineEntry(Class<?> application, PrintStream out, PrintStream err) {
		this.application = application;
		this.out = out;
		this.err = err;
	}

	/**
	 * Does what the arguments say.
	 * @param args the command line
	 * @return the exit code of the process, as {@code --help} lists them
	 */
	public int run(String... args) {
		// Libraries derive column names and write numbers, too: a Turkish run_id has no
		// dot on its i, and no JSON has Arabic digits.
		Locale.setDefault(Locale.ROOT);
		CommandLine commandLine = new CommandLine(new Root());
		CommandLine runs = new CommandLine(new RunCommand());
		runs.addSubcommand("hold", new HoldCommand());
		runs.addSubcommand("release", new ReleaseCommand());
		runs.addSubcommand("inspect", new InspectCommand());
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
		commandLine.setExecutionExceptionHandler((ex, command, parsed) -> fail(ex));
		this.ending.listen();
		try (this.ending) {
			return commandLine.execute(args);
		}
	}

	private int fail(Throwable ex) {
		Failures failure = failure(ex);
		// Our own words hold no values; a password may well be one of them.
		boolean foreign = failure.code() == ExitCode.DATABASE || failure.code() == ExitCode.UNEXPECTED;
		this.err.println("dumpkeeper: " + SafeText.oneLine(foreign ? mask(failure.message()) : failure.message()));
		if (failure.code() == ExitCode.UNEXPECTED) {
			log(ex);
		}
		return failure.code().number();
	}

	private void log(Throwable ex) {
		Logger logger = LoggerFactory.getLogger(CommandLineEntry.class);
		StringWriter trace = new StringWriter();
		ex.printStackTrace(new PrintWriter(trace));
		String masked = mask(trace.toString());
		if (masked.contentEquals(trace.getBuffer())) {
			logger.error("unexpected failure", ex);
		}
		else {
			logger.error("unexpected failure: {}", masked);
		}
	}

	private String mask(String text) {
		return (this.sensitive != null) ? this.sensitive.mask(text) : text;
	}

	private Failures failure(Throwable ex) {
		if (ex instanceof MaintenanceRuns.LockedException) {
			return new Failures(ExitCode.LOCKED, String.valueOf(ex.getMessage()));
		}
		// An application that is closed under its start or its work fails in many ways.
		return Failures.of(this.ending.isTold() ? new StoppedException() : ex);
	}

	private int execute(RunRequest request, List<String> settings) {
		return within(settings, (context) -> {
			try (ProgressDisplay progress = context.getBean(ProgressDisplay.class)) {
				return context.getBean(MaintenanceRuns.class).execute(request, (report) -> {
					progress.close();
					this.out.println(SafeText.lines(report.text()));
					this.out.println(report.json());
				}).number();
			}
		});
	}

	/** Starts the application without a web server, for as long as the work takes. */
	private int within(List<String> settings, ToIntFunction<ConfigurableApplicationContext> work) {
		SpringApplication spring = application(settings, WebApplicationType.NONE);
		spring.setDefaultProperties(Map.of(ServiceOnly.SINGLE_RUN, true));
		try (ConfigurableApplicationContext context = spring.run(settings.toArray(String[]::new))) {
			this.ending.started();
			return work.applyAsInt(context);
		}
	}

	/** Runs the service until the process is told to end. */
	private int serve(List<String> settings) {
		SpringApplication spring = application(settings, WebApplicationType.SERVLET);
		CountDownLatch closed = new CountDownLatch(1);
		spring.addListeners((ApplicationListener<ContextClosedEvent>) (event) -> closed.countDown());
		spring.run(settings.toArray(String[]::new));
		this.ending.started();
		LoggerFactory.getLogger(CommandLineEntry.class).info("the service is up");
		try {
			closed.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return ExitCode.STOPPED.number();
	}

	private SpringApplication application(List<String> settings, WebApplicationType type) {
		for (String setting : settings) {
			if (!setting.matches("(?s)--[a-z][\\w.\\-\\[\\]]*=.*")) {
				throw unknown(setting);
			}
		}
		SpringApplication spring = new SpringApplication(this.application);
		spring.setWebApplicationType(type);
		spring.setBannerMode(Banner.Mode.OFF);
		spring.setLogStartupInfo(false);
		spring.addInitializers(this.ending, this::checkSettings);
		return spring;
	}

	/**
	 * A value may be a secret that was given with one dash too few, or within brackets.
	 */
	private static UsageException unknown(String argument) {
		return new UsageException("unknown argument '"
				+ argument.replaceFirst("(?s)=.{4,}", "=...").replaceFirst("(?s)[^\\w.= \\-].*", "...")
				+ "' (see --help)");
	}

	private void checkSettings(ConfigurableApplicationContext context) {
		this.sensitive = new SensitiveValues(context.getEnvironment());
		KnownProperties known = new KnownProperties();
		known.check(context.getEnvironment());
		new SettingsCheck(known, context.getEnvironment()).check();
		new ExampleSecrets(context.getEnvironment()).check();
	}

	/** What stands above the jobs. */
	@Command(name = "dumpkeeper", mixinStandardHelpOptions = true, versionProvider = Version.class,
			description = { "Looks after the JuiceFS volume that JVMs write their heap dumps to.", "",
					"Without a command it is the service: it keeps the schedules, listens on 8080 for pods and"
							+ " links and on 8081 for people who operate it." },
			footer = { "", "Exit codes:", "  0   done, also when there was nothing to do", "  1   unexpected failure",
					"  2   wrong usage or configuration", "  3   done, but some objects failed",
					"  4   a safety brake refused; nothing was deleted", "  5   another run holds the lock",
					"  6   gateway unreachable, access denied, or a listing that cannot be trusted",
					"  7   database unavailable", "  8   messages not delivered",
					"  143 stopped by SIGTERM; the next run continues",
					"  130 stopped by a person (Ctrl-C); the next run of the same job continues" })
	private final class Root implements Callable<Integer> {

		@picocli.CommandLine.Unmatched
		private List<String> rest = new ArrayList<>();

		@Override
		public Integer call() {
			return serve(this.rest);
		}

	}

	/** One run of one job. */
	@Command(name = "run", mixinStandardHelpOptions = true, versionProvider = Version.class,
			description = { "Runs one job, prints a report and ends with an exit code.", "",
					"Properties are given as --dumpkeeper.NAME=VALUE, as environment variables or as files." },
			sortOptions = false)
	private final class RunCommand implements Callable<Integer> {

		@Parameters(index = "0", arity = "0..1", paramLabel = "JOB", description = "one of: ${COMPLETION-CANDIDATES}",
				completionCandidates = JobTexts.class)
		private String job = "";

		@Option(names = "--dry-run", description = "change nothing, and print what would be done")
		private boolean dryRun;

		@Option(names = "--volume", paramLabel = "NAME", description = "only this volume; may be repeated")
		private List<String> volumes = new ArrayList<>();

		@Option(names = "--approve", paramLabel = "PLAN",
				description = "expire-dumps: sweep this plan, which a brake refused or a dry run left")
		private @Nullable Long approve;

		@picocli.CommandLine.Unmatched
		private List<String> rest = new ArrayList<>();

		@Override
		public Integer call() {
			if (this.job.isEmpty()) {
				throw new UsageException("run wants a JOB: one of " + String.join(", ", new JobTexts())
						+ "; or hold, release, inspect (see run --help)");
			}
			JobName name = JobName.of(this.job)
				.orElseThrow(() -> new UsageException(
						"unknown job '" + this.job + "'; there are " + String.join(", ", new JobTexts())));
			if (this.approve != null && (name != JobName.EXPIRE_DUMPS || this.dryRun || !this.volumes.isEmpty())) {
				throw new UsageException("--approve belongs to expire-dumps, alone");
			}
			return execute(
					RunRequest.by(Starter.commandLine(), name, this.dryRun, List.copyOf(this.volumes), this.approve),
					this.rest);
		}

	}

	/** What a hold and its end have in common. */
	private abstract class DumpCommand implements Callable<Integer> {

		@Option(names = "--volume", paramLabel = "NAME", required = true, description = "the volume")
		private String volume = "";

		@Option(names = "--key", paramLabel = "KEY", required = true,
				description = "the dump's key in the volume, such as dumpfiles/dev_shop-0_heapDump.hprof")
		private String key = "";

		@Option(names = "--by", paramLabel = "NAME", required = true, description = "who says so")
		private String by = "";

		@picocli.CommandLine.Unmatched
		private List<String> rest = new ArrayList<>();

		@Override
		public Integer call() {
			ObjectKey parsed = ObjectKey.parse(this.key)
				.orElseThrow(() -> new UsageException("--key '" + this.key + "' is not a usable key"));
			return within(this.rest, (context) -> {
				CommandLineEntry.this.out
					.println(SafeText.oneLine(apply(context.getBean(Holds.class), this.volume, parsed, this.by)));
				return ExitCode.OK.number();
			});
		}

		abstract String apply(Holds holds, String volume, ObjectKey key, String by);

	}

	/** Keeps one dump. */
	@Command(name = "hold", mixinStandardHelpOptions = true, versionProvider = Version.class,
			description = "Keeps a dump from expiring for a while.", sortOptions = false)
	private final class HoldCommand extends DumpCommand {

		@Option(names = "--for", paramLabel = "TIME", required = true, description = "how long, such as 36h or 7d")
		private String time = "";

		@Option(names = "--why", paramLabel = "TEXT", required = true, description = "for whoever asks later")
		private String why = "";

		@Override
		String apply(Holds holds, String volume, ObjectKey key, String by) {
			return holds.hold(volume, key, this.time, this.why, by);
		}

	}

	/** Lets a kept dump go. */
	@Command(name = "release", mixinStandardHelpOptions = true, versionProvider = Version.class,
			description = "Ends a hold; the dump then expires by the usual rules.", sortOptions = false)
	private final class ReleaseCommand extends DumpCommand {

		@Override
		String apply(Holds holds, String volume, ObjectKey key, String by) {
			return holds.release(volume, key, by);
		}

	}

	/** Tells what is in one dump. */
	@Command(name = "inspect", mixinStandardHelpOptions = true, versionProvider = Version.class,
			description = {
					"Tells what is in a dump: whether it is whole, which thread ran out of memory, and what is"
							+ " on its heap. Prints names, counts and sizes, and no value of any object.",
					"", "Wants --file, which needs neither gateway nor database, or --volume and --key." },
			sortOptions = false)
	private final class InspectCommand implements Callable<Integer> {

		@Option(names = "--file", paramLabel = "FILE", description = "a dump on this machine, plain or gzip")
		private @Nullable Path file;

		@Option(names = "--volume", paramLabel = "NAME", description = "the volume it lies in")
		private @Nullable String volume;

		@Option(names = "--key", paramLabel = "KEY", description = "its key in the volume")
		private @Nullable String key;

		@Option(names = "--first-look",
				description = "read a few MB only, not the heap; what an earlier run read of it is still shown")
		private boolean firstLook;

		@picocli.CommandLine.Unmatched
		private List<String> rest = new ArrayList<>();

		@Override
		public Integer call() {
			if (this.file != null && this.volume == null && this.key == null) {
				if (!this.rest.isEmpty()) {
					throw unknown(this.rest.get(0));
				}
				print(Inspection.ofFile(this.file, !this.firstLook, CommandLineEntry.this.err));
				return ExitCode.OK.number();
			}
			if (this.file != null || this.volume == null || this.key == null) {
				throw new UsageException("inspect wants --file, or --volume and --key (see run inspect --help)");
			}
			String volume = this.volume;
			ObjectKey parsed = ObjectKey.parse(this.key)
				.orElseThrow(() -> new UsageException("--key '" + this.key + "' is not a usable key"));
			return within(this.rest, (context) -> {
				print(Inspection.of(context.getBean(DumpContents.class), volume, parsed, !this.firstLook,
						CommandLineEntry.this.err));
				return ExitCode.OK.number();
			});
		}

		private void print(Inspection inspection) {
			CommandLineEntry.this.out.println(SafeText.lines(inspection.text()));
			CommandLineEntry.this.out.println(SafeText.oneLine(inspection.json()));
		}

	}

	/** The jobs' names for the help. */
	private static final class JobTexts extends ArrayList<String> {

		private static final long serialVersionUID = 1L;

		JobTexts() {
			for (JobName job : JobName.values()) {
				add(job.text());
			}
		}

	}

	/** The version out of the build. */
	private static final class Version implements CommandLine.IVersionProvider {

		@Override
		public String[] getVersion() throws IOException {
			Properties build = new Properties();
			try (InputStream in = Version.class.getResourceAsStream("/META-INF/build-info.properties")) {
				if (in != null) {
					build.load(in);
				}
			}
			return new String[] { "dumpkeeper " + build.getProperty("build.version", "(unknown version)") };
		}

	}

}
