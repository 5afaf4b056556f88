package dev.dumpkeeper.run;

import java.time.Instant;

/**
 * A room that keeps history. After each run what is older than {@code run.keep-for} goes.
 */
@FunctionalInterface
public interface HistoryCleanup {

	/**
	 * Deletes what ended before an instant; what is still at work stays.
	 * @param before what ended earlier goes
	 */
	void forget(Instant before);

}
