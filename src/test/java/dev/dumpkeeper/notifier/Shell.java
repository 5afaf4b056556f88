package dev.dumpkeeper.notifier;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Assumptions;

/**
 * A shell that images have for their {@code /bin/sh}.
 */
enum Shell {

	DASH("dash"), BASH("bash"), BUSYBOX("busybox", "sh"), KSH("ksh93"), MKSH("mksh"), ZSH("zsh");

	private final String program;

	private final List<String> arguments;

	Shell(String program, String... arguments) {
		this.program = program;
		this.arguments = List.of(arguments);
	}

	/**
	 * The command that interprets a script; skips the test where the shell is missing.
	 * @return the shell's path, and what comes before the script's
	 */
	List<String> command() {
		Optional<Path> path = find(this.program);
		Assumptions.assumeTrue(path.isPresent(), "no " + this.program + " here");
		List<String> command = new ArrayList<>(List.of(path.get().toString()));
		command.addAll(this.arguments);
		return command;
	}

	/**
	 * What the shell does not do by itself although every other one does.
	 * @return tools that it needs besides those that the script does
	 */
	List<String> tools() {
		return (this == MKSH) ? List.of("printf") : List.of();
	}

	/**
	 * Finds a program on the PATH.
	 * @param program its name
	 * @return its path, or empty when it is missing
	 */
	static Optional<Path> find(String program) {
		for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
			Path path = Path.of(directory, program);
			if (Files.isExecutable(path)) {
				return Optional.of(path);
			}
		}
		return Optional.empty();
	}

}
