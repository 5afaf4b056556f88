package dev.dumpkeeper.hprof;

import java.nio.file.Path;
import java.time.Duration;

import dev.dumpkeeper.hprof.HeapReading.Budget;
import dev.dumpkeeper.hprof.HeapReading.ScratchSpace;

/**
 * The main class of a JVM that uses scratch until it is ended.
 */
public final class Scribbler {

	private static final int MANY = 100;

	private Scribbler() {
	}

	/**
	 * Starts.
	 * @param arguments a directory, and {@code open} to open one file after the other, or
	 * {@code read} to read a dump from the input
	 * @throws Exception when there is no scratch
	 */
	public static void main(String[] arguments) throws Exception {
		Path directory = Path.of(arguments[0]);
		if (arguments[1].equals("read")) {
			HeapReading.read(System.in, -1, Budget.of(1 << 30, Duration.ofDays(1)),
					new ScratchSpace(directory, 1 << 30, Duration.ofDays(1)));
			return;
		}
		for (long i = 0;; i++) {
			Scratch.open(directory, 1 << 20, 1 << 10).close();
			if (i == MANY) {
				System.out.println("ready");
			}
		}
	}

}
