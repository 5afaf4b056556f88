package dev.dumpkeeper.run;

import java.time.Instant;

/**
 * Removes old history of a package. Called after each run for records older than
 * {@code run.keep-for}.
 */
@FunctionalInterface
public interface HistoryCleanup {

	/**
	 * Removes records that ended before an instant; unfinished ones stay.
	 * @param before records that ended earlier are removed
	 */
	void forget(Instant before);

}
