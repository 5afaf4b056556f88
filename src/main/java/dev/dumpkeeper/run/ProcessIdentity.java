package dev.dumpkeeper.run;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

/**
 * Identifies this process to others.
 */
public final class ProcessIdentity {

	private ProcessIdentity() {
	}

	/**
	 * Returns the name of this process.
	 * @return its process id and its host's or pod's name; not unique over time
	 */
	public static String name() {
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
