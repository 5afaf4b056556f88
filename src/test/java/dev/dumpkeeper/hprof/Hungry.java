package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The main class of a JVM that makes a heap dump: dies of OutOfMemoryError, or holds some
 * memory and waits to be dumped from outside.
 */
public final class Hungry {

	private Hungry() {
	}

	/**
	 * Starts.
	 * @param arguments how many MiB to hold before waiting for the end of the input;
	 * nothing to take all there is
	 * @throws IOException when the input breaks
	 */
	public static void main(String[] arguments) throws IOException {
		int most = (arguments.length == 0) ? Integer.MAX_VALUE : Integer.parseInt(arguments[0]);
		List<byte[]> held = new ArrayList<>();
		while (held.size() < most) {
			byte[] block = new byte[1024 * 1024];
			for (int i = 0; i < block.length; i++) {
				block[i] = (byte) (i * 31 + held.size());
			}
			held.add(block);
		}
		System.out.println("ready");
		while (System.in.read() >= 0) {
			continue;
		}
		System.out.println(held.size());
	}

}
