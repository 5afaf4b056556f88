package dev.dumpkeeper.runs;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

/**
 * Identifies this process to others.
 */
final class ProcessIdentity {

	private ProcessIdentity() {
	}

	/** Returns its process id and its host's or pod's name. */
	static String name() {
		return ProcessHandle.current().pid() + "@" + host();
	}

	private static String host() {
		@Nullable String name = System.getenv("HOSTNAME");
		if (name != null) {
			return name;
		}
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "localhost";
		}
	}

}
