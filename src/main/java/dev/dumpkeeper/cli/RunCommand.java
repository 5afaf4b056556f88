package dev.dumpkeeper.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.runs.JobName;
import dev.dumpkeeper.runs.ProgressDisplay;
import dev.dumpkeeper.runs.RunInitiator;
import dev.dumpkeeper.runs.RunLauncher;
import dev.dumpkeeper.runs.RunRequest;
import dev.dumpkeeper.text.SafeText;

/**
 * Runs one job.
 */
@Command(name = "run", mixinStandardHelpOptions = true, versionProvider = Version.class,
		description = { "Runs one job, prints a report and ends with an exit code.", "",
				"Properties are given as --dumpkeeper.NAME=VALUE, as environment variables or as files." },
		sortOptions = false)
final class RunCommand implements Callable<Integer> {

	@Parameters(index = "0", arity = "0..1", paramLabel = "JOB", description = "one of: ${COMPLETION-CANDIDATES}",
			completionCandidates = JobTexts.class)
	private String job = "";

	@Option(names = "--dry-run", description = "change nothing, and print what would be done")
	private boolean dryRun;

	@Option(names = "--volume", paramLabel = "NAME", description = "only this volume; may be repeated")
	private List<String> volumes = new ArrayList<>();

	@Option(names = "--approve", paramLabel = "PLAN",
			description = "expire-dumps: sweep this plan, which the brake refused or a dry run made")
	private @Nullable Long approve;

	@Unmatched
	private List<String> rest = new ArrayList<>();

	private final Startup startup;

	RunCommand(Startup startup) {
		this.startup = startup;
	}

	@Override
	public Integer call() {
		if (this.job.isEmpty()) {
			throw new InvalidRequestException("run needs a JOB: one of " + String.join(", ", new JobTexts())
					+ "; or hold, release, inspect (see run --help)");
		}
		JobName name = JobName.of(this.job)
			.orElseThrow(() -> new InvalidRequestException(
					"unknown job '" + this.job + "'; known jobs: " + String.join(", ", new JobTexts())));
		if (this.approve != null && (name != JobName.EXPIRE_DUMPS || this.dryRun || !this.volumes.isEmpty())) {
			throw new InvalidRequestException("--approve is for expire-dumps, without --dry-run and --volume");
		}
		RunRequest request = RunRequest.by(RunInitiator.commandLine(), name, this.dryRun, List.copyOf(this.volumes),
				this.approve);
		return this.startup.within(this.rest, (context) -> {
			try (ProgressDisplay progress = context.getBean(ProgressDisplay.class)) {
				return context.getBean(RunLauncher.class).execute(request, (report) -> {
					progress.close();
					this.startup.out().println(SafeText.lines(report.text()));
					this.startup.out().println(report.json());
				}).number();
			}
		});
	}

	private static final class JobTexts extends ArrayList<String> {

		private static final long serialVersionUID = 1L;

		JobTexts() {
			for (JobName job : JobName.values()) {
				add(job.text());
			}
		}

	}

}
