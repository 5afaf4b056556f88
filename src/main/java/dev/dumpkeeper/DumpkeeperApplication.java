package dev.dumpkeeper;

import org.springframework.boot.autoconfigure.SpringBootApplication;

import dev.dumpkeeper.cli.CommandLineEntry;

/**
 * The process: parses the command line, executes one command and ends with its exit code.
 */
@SpringBootApplication
public class DumpkeeperApplication {

	/**
	 * Starts the process.
	 * @param args see {@code --help}
	 */
	public static void main(String[] args) {
		System.exit(new CommandLineEntry(DumpkeeperApplication.class).run(args));
	}

}
