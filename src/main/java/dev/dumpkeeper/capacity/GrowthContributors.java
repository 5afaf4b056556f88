package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What makes a volume grow, and what would free space.
 *
 * @param volume the volume's name
 * @param since how far back {@code workloads} reaches
 * @param workloads the workloads that added the most bytes in that time, largest first;
 * at most {@value #NAMED}
 * @param expiries the passes within the horizon that delete the most bytes, in order of
 * time; at most {@value #NAMED}
 * @param shorterAge half of the current retention
 * @param shorterBytes the bytes that would expire at once with that retention and are
 * kept now, 0 or more
 * @param unnotifiedBytes the bytes that are old enough to expire and only wait until
 * people are notified, 0 or more
 */
public record GrowthContributors(String volume, Duration since, List<Workload> workloads, List<Expiry> expiries,
		Duration shorterAge, long shorterBytes, long unnotifiedBytes) {

	static final int NAMED = 3;

	public GrowthContributors {
		workloads = List.copyOf(workloads);
		expiries = List.copyOf(expiries);
	}

	/**
	 * The dumps that a workload added.
	 *
	 * @param environment its environment, as in the ledger
	 * @param workload its name
	 * @param dumps how many dumps
	 * @param bytes the sum of their sizes
	 */
	public record Workload(String environment, String workload, long dumps, long bytes) {

	}

	/**
	 * The dumps that a future pass will delete.
	 *
	 * @param at the expected time of the pass
	 * @param bytes the sum of their sizes
	 */
	public record Expiry(Instant at, long bytes) {

	}

}
