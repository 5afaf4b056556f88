package dev.dumpkeeper.runs;

import dev.dumpkeeper.run.ProcessIdentity;

/**
 * Who started something, and from where.
 *
 * @param who a person's name, {@code schedule} or {@code command line}
 * @param from a host or an address
 */
public record RunInitiator(String who, String from) {

	private static final int MAX_LENGTH = 200;

	/** Creates an instance; values are truncated after 200 characters. */
	public RunInitiator {
		who = cut(who);
		from = cut(from);
	}

	private static String cut(String text) {
		return (text.length() > MAX_LENGTH) ? text.substring(0, MAX_LENGTH) : text;
	}

	static RunInitiator schedule() {
		return new RunInitiator("schedule", ProcessIdentity.name());
	}

	/**
	 * Returns the user of the command line on this machine.
	 * @return the initiator
	 */
	public static RunInitiator commandLine() {
		return new RunInitiator("command line", ProcessIdentity.name());
	}

}
