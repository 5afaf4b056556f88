package dev.dumpkeeper.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * The service, which is the default without a command.
 */
@Command(name = "dumpkeeper", mixinStandardHelpOptions = true, versionProvider = Version.class,
		description = { "Manages the heap dumps that JVMs write to a JuiceFS volume.", "",
				"Without a command it is the service: it keeps the schedules, listens on 8080 for pods and"
						+ " links and on 8081 for operators." },
		footer = { "", "Exit codes:", "  0   done, also when there was nothing to do", "  1   unexpected failure",
				"  2   wrong usage or configuration", "  3   done, but some objects failed",
				"  4   a safety brake refused; nothing was deleted", "  5   another run holds the lock",
				"  6   gateway unreachable, access denied, or a listing that cannot be trusted",
				"  7   database unavailable", "  8   messages not delivered",
				"  143 stopped by SIGTERM; the next run continues",
				"  130 interrupted (Ctrl-C); the next run of the same job continues" })
final class ServiceCommand implements Callable<Integer> {

	@Unmatched
	private List<String> rest = new ArrayList<>();

	private final Startup startup;

	ServiceCommand(Startup startup) {
		this.startup = startup;
	}

	@Override
	public Integer call() {
		return this.startup.serve(this.rest);
	}

}
