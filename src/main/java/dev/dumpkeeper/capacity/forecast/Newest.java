package dev.dumpkeeper.capacity.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The newest dumps of the workloads that are followed one by one. They are kept longer
 * than other dumps, until newer ones of the same workload replace them.
 *
 * @param number how many newest dumps of each workload are kept longer, 0 for none
 * @param keepFor the age up to which they are kept
 * @param dumps the present dumps that are kept for this reason
 * @param arrivals past arrivals of the same workloads
 */
public record Newest(int number, Duration keepFor, List<Dump> dumps, List<Arrivals> arrivals) {

	/** No dump is kept as the newest. */
	public static final Newest NONE = new Newest(0, Duration.ZERO, List.of(), List.of());

	/**
	 * A present dump.
	 *
	 * @param workload the index of its workload, from 0
	 * @param rank 1 for the newest one of its workload, at most {@code number}
	 * @param replacedAt the earliest deletion once newer dumps have replaced it
	 * @param at the earliest deletion otherwise, as in the volume's expiries
	 * @param bytes its size, 0 or more
	 */
	public record Dump(int workload, int rank, Instant replacedAt, Instant at, long bytes) {

	}

	/**
	 * Dumps of one workload that arrived together.
	 *
	 * @param at when they arrived, or the start of that hour
	 * @param workload the index of the workload
	 * @param dumps how many dumps, 1 or more
	 * @param bytes the sum of their sizes
	 */
	public record Arrivals(Instant at, int workload, int dumps, long bytes) {

	}

}
