package dev.dumpkeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.util.FileSystemUtils;

/**
 * What the servers of the laboratory share.
 */
public final class Lab {

	/**
	 * Below the ports that the system gives to connections: one of those may be taken
	 * between the moment it was found free and the start of the server that is to have
	 * it.
	 */
	private static final int FIRST_PORT = 12_000;

	private static final int PORTS = 20_000;

	/** Other processes search for ports too, each from a place of its own. */
	private static final AtomicInteger nextPort = new AtomicInteger(
			Long.hashCode(ProcessHandle.current().pid() * 0x9E3779B97F4A7C15L));

	private Lab() {
	}

	/**
	 * A port for a server that is started soon.
	 * @return a port that is free on loopback, and not given to anybody else here
	 */
	public static int freePort() {
		while (true) {
			int port = FIRST_PORT + Math.floorMod(nextPort.getAndIncrement(), PORTS);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (BindException ex) {
				// Somebody has it.
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
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
