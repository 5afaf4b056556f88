package dev.dumpkeeper.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.DumpContents;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.text.SafeText;

/**
 * Inspects one dump.
 */
@Command(name = "inspect", mixinStandardHelpOptions = true, versionProvider = Version.class,
		description = {
				"Shows what is in a dump: whether it is whole, which thread ran out of memory, and what is"
						+ " on its heap. Prints names, counts and sizes, and no value of any object.",
				"", "Needs --file, which uses neither gateway nor database, or --volume and --key." },
		sortOptions = false)
final class InspectCommand implements Callable<Integer> {

	@Option(names = "--file", paramLabel = "FILE", description = "a dump on this machine, plain or gzip")
	private @Nullable Path file;

	@Option(names = "--volume", paramLabel = "NAME", description = "the volume that has it")
	private @Nullable String volume;

	@Option(names = "--key", paramLabel = "KEY", description = "its key in the volume")
	private @Nullable String key;

	@Option(names = "--quick",
			description = "read a few MB only, not the heap; what an earlier run read of it is still shown")
	private boolean quick;

	@Option(names = "--scratch", paramLabel = "DIRECTORY",
			description = "with --file: find out who holds the heap, with intermediate results (addresses and"
					+ " sizes, no values) in this directory; about as much as the dump is needed there")
	private @Nullable Path scratch;

	@Unmatched
	private List<String> rest = new ArrayList<>();

	private final Startup startup;

	InspectCommand(Startup startup) {
		this.startup = startup;
	}

	@Override
	public Integer call() {
		if (this.file != null && this.volume == null && this.key == null) {
			if (!this.rest.isEmpty()) {
				throw Startup.unknown(this.rest.get(0));
			}
			print(Inspection.ofFile(this.file, !this.quick, this.scratch, this.startup.err()));
			return ExitCode.OK.number();
		}
		if (this.file != null || this.volume == null || this.key == null) {
			throw new InvalidRequestException("inspect needs --file, or --volume and --key (see run inspect --help)");
		}
		if (this.scratch != null) {
			throw new InvalidRequestException(
					"--scratch is for --file; for --volume and --key, set dumpkeeper.contents.scratch");
		}
		String volume = this.volume;
		ObjectKey parsed = ObjectKey.parse(this.key)
			.orElseThrow(() -> new InvalidRequestException("--key '" + this.key + "' is not a usable key"));
		return this.startup.within(this.rest, (context) -> {
			print(Inspection.of(context.getBean(DumpContents.class), volume, parsed, !this.quick, this.startup.err()));
			return ExitCode.OK.number();
		});
	}

	private void print(Inspection inspection) {
		this.startup.out().println(SafeText.lines(inspection.text()));
		this.startup.out().println(SafeText.oneLine(inspection.json()));
	}

}
