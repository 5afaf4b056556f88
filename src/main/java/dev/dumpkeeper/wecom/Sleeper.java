package dev.dumpkeeper.wecom;

import java.time.Duration;

import dev.dumpkeeper.run.StoppedException;

/**
 * How the delivery waits.
 */
@FunctionalInterface
interface Sleeper {

	/**
	 * Waits.
	 * @throws StoppedException at once when this process has to end
	 */
	void sleep(Duration duration);

}
