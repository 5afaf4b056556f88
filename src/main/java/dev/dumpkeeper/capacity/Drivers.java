package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Why a volume is as full as it is, and what would help.
 *
 * @param volume the volume
 * @param since how far back {@code workloads} reaches
 * @param workloads those that added most in that time, the largest first; at most
 * {@value #NAMED}
 * @param expiries the passes within the horizon that take most away, the next one first;
 * at most {@value #NAMED}
 * @param shorterAge a retention that is half as long as the one in force
 * @param shorterBytes what could go at once with it and stays now, 0 or more
 * @param untoldBytes what is old enough to go and waits only for people to be told, 0 or
 * more
 */
public record Drivers(String volume, Duration since, List<Workload> workloads, List<Expiry> expiries,
		Duration shorterAge, long shorterBytes, long untoldBytes) {

	static final int NAMED = 3;

	public Drivers {
		workloads = List.copyOf(workloads);
		expiries = List.copyOf(expiries);
	}

	/**
	 * What a workload added.
	 *
	 * @param environment its environment, as the ledger has it
	 * @param workload its name
	 * @param dumps how many
	 * @param bytes how much
	 */
	public record Workload(String environment, String workload, long dumps, long bytes) {

	}

	/**
	 * What a pass will take away.
	 *
	 * @param at about when
	 * @param bytes how much
	 */
	public record Expiry(Instant at, long bytes) {

	}

}
