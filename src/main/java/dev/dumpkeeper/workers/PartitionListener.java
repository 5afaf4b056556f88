package dev.dumpkeeper.workers;

import java.time.Duration;

/**
 * Is notified of partitions that this process executed. Must not throw.
 */
@FunctionalInterface
public interface PartitionListener {

	/**
	 * This process executes a partition no longer.
	 * @param step the step that executes one partition
	 * @param outcome COMPLETED, STOPPED or FAILED
	 * @param took how long it executed it
	 */
	void ended(String step, String outcome, Duration took);

}
