package dev.dumpkeeper.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.runs.Holds;

/**
 * Holds one dump.
 */
@Command(name = "hold", mixinStandardHelpOptions = true, versionProvider = Version.class,
		description = "Keeps a dump from expiring for a while.", sortOptions = false)
final class HoldCommand extends DumpCommand {

	@Option(names = "--for", paramLabel = "TIME", required = true, description = "how long, such as 36h or 7d")
	private String time = "";

	@Option(names = "--why", paramLabel = "TEXT", required = true, description = "the reason, for others to read")
	private String why = "";

	HoldCommand(Startup startup) {
		super(startup);
	}

	@Override
	String apply(Holds holds, String volume, ObjectKey key, String by) {
		return holds.hold(volume, key, this.time, this.why, by);
	}

}
