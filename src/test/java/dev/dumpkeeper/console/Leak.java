package dev.dumpkeeper.console;

import java.util.ArrayList;
import java.util.List;

/**
 * A program that dies of what it keeps, so that there is a real dump.
 */
final class Leak {

	private static final List<byte[]> KEPT = new ArrayList<>();

	private Leak() {
	}

	public static void main(String[] args) {
		while (true) {
			KEPT.add(new byte[64 * 1024]);
		}
	}

}
