package dev.dumpkeeper.workers;

import java.time.Instant;
import java.util.Map;

import dev.dumpkeeper.run.HistoryCleanup;

/**
 * Tells who works on the partitions of runs.
 */
public final class Workers implements HistoryCleanup {

	private final StepPartitionRepository rows;

	Workers(StepPartitionRepository rows) {
		this.rows = rows;
	}

	/**
	 * Returns who worked on the partitions of a run.
	 * @param run the run's number
	 * @return the last worker of each partition that somebody claimed, by the id of its
	 * step execution
	 */
	public Map<Long, Share> shares(long run) {
		return this.rows.shares(run);
	}

	/**
	 * Counts the partitions that have not ended.
	 * @return their number, also those of a run that was killed
	 */
	public Counts counts() {
		return this.rows.counts();
	}

	/**
	 * Removes the partitions that were offered before an instant.
	 * @param before the instant
	 */
	@Override
	public void forget(Instant before) {
		this.rows.forget(before);
	}

	/**
	 * Who worked on a partition.
	 *
	 * @param worker the process
	 * @param takenOver how often it was taken from a process that was silent, 0 or more
	 */
	public record Share(String worker, int takenOver) {

	}

	/**
	 * Partitions that have not ended.
	 *
	 * @param waiting how many nobody works on
	 * @param running how many somebody works on
	 * @param workers how many processes that are
	 */
	public record Counts(long waiting, long running, long workers) {

	}

}
