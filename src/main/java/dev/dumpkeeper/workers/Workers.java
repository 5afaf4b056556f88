package dev.dumpkeeper.workers;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.run.HistoryCleanup;

/**
 * Tells who works on the partitions of runs.
 */
public final class Workers implements HistoryCleanup {

	private final StepPartitionRepository rows;

	private final Claims claims;

	Workers(StepPartitionRepository rows, Claims claims) {
		this.rows = rows;
		this.claims = claims;
	}

	/**
	 * Adds progress of this process to the partition that it works on, which others see
	 * with the next renewal.
	 * @param work the kind of work
	 * @param volume the volume
	 * @param more how many objects since the last call
	 */
	public void progressed(String work, String volume, long more) {
		this.claims.progressed(work, volume, more);
	}

	/**
	 * Returns how far the partitions of a run are.
	 * @param run the run's number
	 * @return each partition's state, by the id of its step execution
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
	 * The state of a partition.
	 *
	 * @param state WAITING, RUNNING or DONE
	 * @param worker the process that works or worked on it, {@code null} before
	 * @param takenOver how often it was taken from a process that was silent, 0 or more
	 * @param work what is counted, such as {@code scanned}, {@code null} before
	 * @param objects how many so far
	 */
	public record Share(String state, @Nullable String worker, int takenOver, @Nullable String work, long objects) {

	}

	/**
	 * Partitions that have not ended.
	 *
	 * @param waiting how many nobody works on
	 * @param running how many somebody works on
	 * @param workers how many processes that are
	 * @param takenOver how often partitions of the last run were taken from a process
	 * that was silent
	 */
	public record Counts(long waiting, long running, long workers, long takenOver) {

	}

}
