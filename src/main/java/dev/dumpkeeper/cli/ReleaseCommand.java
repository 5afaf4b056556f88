package dev.dumpkeeper.cli;

import picocli.CommandLine.Command;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.runs.Holds;

/**
 * Releases a held dump.
 */
@Command(name = "release", mixinStandardHelpOptions = true, versionProvider = Version.class,
		description = "Ends a hold; the dump then expires by the usual rules.", sortOptions = false)
final class ReleaseCommand extends DumpCommand {

	ReleaseCommand(Startup startup) {
		super(startup);
	}

	@Override
	String apply(Holds holds, String volume, ObjectKey key, String by) {
		return holds.release(volume, key, by);
	}

}
