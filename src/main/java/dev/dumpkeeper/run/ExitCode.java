package dev.dumpkeeper.run;

import java.util.Collection;
import java.util.Comparator;

/**
 * The exit codes of a process. The numbers are a contract with scripts and CronJobs.
 */
public enum ExitCode {

	/** Done, including when there was nothing to do. */
	OK(0),

	/** An unexpected failure. */
	UNEXPECTED(1),

	/** Wrong arguments or configuration. */
	USAGE(2),

	/** Done, but some objects failed. */
	OBJECTS_FAILED(3),

	/** A safety brake refused the plan; nothing was deleted. */
	BRAKE_REFUSED(4),

	/** Another run holds the lease. */
	LOCKED(5),

	/** The gateway cannot be reached, denies access or returns an untrusted listing. */
	GATEWAY(6),

	/** The database is not available. */
	DATABASE(7),

	/** Messages are not delivered. */
	NOT_DELIVERED(8),

	/** Stopped on request; the next run continues. */
	STOPPED(143);

	private final int number;

	ExitCode(int number) {
		this.number = number;
	}

	/**
	 * Returns the exit code of the process.
	 * @return 0 to 143
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Combines several exit codes.
	 * @param causes any number of them
	 * @return {@link #STOPPED} before all, then the smallest number from 1 up;
	 * {@link #OK} without any
	 */
	public static ExitCode worst(Collection<ExitCode> causes) {
		if (causes.contains(STOPPED)) {
			return STOPPED;
		}
		return causes.stream().filter((code) -> code != OK).min(Comparator.comparingInt(ExitCode::number)).orElse(OK);
	}

}
