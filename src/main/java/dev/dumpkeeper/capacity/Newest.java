package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The newest dumps of workloads, which stay longer than others, until newer ones come.
 * Workloads that are not told apart have no part in it.
 *
 * @param number so many of each workload stay longer, 0 for none
 * @param keepFor up to this age
 * @param dumps those that are there and stay for this reason
 * @param arrivals what came of the same workloads
 */
record Newest(int number, Duration keepFor, List<Dump> dumps, List<Arrivals> arrivals) {

	/** Nothing stays because it is new. */
	static final Newest NONE = new Newest(0, Duration.ZERO, List.of(), List.of());

	/**
	 * A dump that is there.
	 *
	 * @param workload whose: a number from 0 on that stands for it
	 * @param rank 1 for the newest one of its workload, at most {@code number}
	 * @param replacedAt when it may go once newer ones took its place
	 * @param at when it may go in any case, as the volume's expiries have it
	 * @param bytes how large, 0 or more
	 */
	record Dump(int workload, int rank, Instant replacedAt, Instant at, long bytes) {

	}

	/**
	 * What came of a workload.
	 *
	 * @param at when, or the beginning of the hour
	 * @param workload whose
	 * @param dumps how many, 1 or more
	 * @param bytes all of them together
	 */
	record Arrivals(Instant at, int workload, int dumps, long bytes) {

	}

}
