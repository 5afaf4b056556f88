package dev.dumpkeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.springframework.util.FileSystemUtils;

/**
 * What the servers of the laboratory share.
 */
public final class Lab {

	private Lab() {
	}

	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Path temporaryDirectory(String name) {
		try {
			return Files.createTempDirectory("dumpkeeper-" + name + "-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Deletes a directory and what is below it, as far as it lets itself be deleted.
	 * @param directory the directory
	 */
	static void delete(Path directory) {
		try {
			FileSystemUtils.deleteRecursively(directory);
		}
		catch (IOException ex) {
			directory.toFile().deleteOnExit();
		}
	}

	/**
	 * Runs a command to its end.
	 * @param command the program and its arguments
	 * @return what it printed
	 */
	public static String run(String... command) {
		Path output = null;
		try {
			output = Files.createTempFile("dumpkeeper-", ".out");
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			boolean ended = end(process, 120);
			String text = read(output);
			if (!ended || process.exitValue() != 0) {
				throw new IllegalStateException("Failed: " + String.join(" ", command) + "\n" + text);
			}
			return text;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			if (output != null) {
				delete(output);
			}
		}
	}

	/**
	 * Waits for a process and kills it when it takes too long.
	 * @param process the process
	 * @param seconds how long to wait
	 * @return whether it ended by itself
	 */
	static boolean end(Process process, int seconds) {
		try {
			boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
			if (!ended) {
				process.destroyForcibly().waitFor();
			}
			return ended;
		}
		catch (InterruptedException ex) {
			process.destroyForcibly();
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Sends a signal to a process.
	 * @param signal its name, such as {@code STOP}
	 * @param pid the process
	 */
	public static void signal(String signal, long pid) {
		run("sh", "-c", "kill -" + signal + " " + pid);
	}

}
