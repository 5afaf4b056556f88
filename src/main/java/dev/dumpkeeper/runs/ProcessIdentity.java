package dev.dumpkeeper.runs;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

/**
 * This process, as others are told about it.
 */
final class ProcessIdentity {

	private ProcessIdentity() {
	}

	/** Its number and its host's or pod's name. */
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
