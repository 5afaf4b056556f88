package dev.dumpkeeper.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.runs.Holds;
import dev.dumpkeeper.text.SafeText;

/**
 * The common parts of the commands for holds.
 */
abstract class DumpCommand implements Callable<Integer> {

	@Option(names = "--volume", paramLabel = "NAME", required = true, description = "the volume")
	private String volume = "";

	@Option(names = "--key", paramLabel = "KEY", required = true,
			description = "the dump's key in the volume, such as dumpfiles/dev_shop-0_heapDump.hprof")
	private String key = "";

	@Option(names = "--by", paramLabel = "NAME", required = true, description = "who does this")
	private String by = "";

	@Unmatched
	private List<String> rest = new ArrayList<>();

	private final Startup startup;

	DumpCommand(Startup startup) {
		this.startup = startup;
	}

	@Override
	public Integer call() {
		ObjectKey parsed = ObjectKey.parse(this.key)
			.orElseThrow(() -> new InvalidRequestException("--key '" + this.key + "' is not a usable key"));
		return this.startup.within(this.rest, (context) -> {
			this.startup.out()
				.println(SafeText.oneLine(apply(context.getBean(Holds.class), this.volume, parsed, this.by)));
			return ExitCode.OK.number();
		});
	}

	abstract String apply(Holds holds, String volume, ObjectKey key, String by);

}
