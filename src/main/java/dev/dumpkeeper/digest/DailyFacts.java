package dev.dumpkeeper.digest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;

/**
 * The facts of one day.
 *
 * @param day the day
 * @param workloads the day's new dumps by workload, in any order
 * @param newDumps how many dumps were new
 * @param newBytes the sum of their sizes
 * @param notified how many dumps were reported to people
 * @param expired how many objects expired
 * @param freedBytes the sum of their sizes
 * @param failed how many objects could not be deleted
 * @param held how many dumps are kept beyond the maximum age by a hold or a rule
 * @param waitingDumps how many dumps are unnotified
 * @param waitingBytes the sum of their sizes
 * @param volumes the volumes, in any order
 * @param actionsRequired problems that need manual action: plain sentences in the
 * language of the report, most urgent first; markup in them is escaped
 * @param lastSuccess when a run last succeeded, {@code null} if none ever did
 */
record DailyFacts(LocalDate day, List<UnnotifiedGroup> workloads, long newDumps, long newBytes, long notified,
		long expired, long freedBytes, long failed, long held, long waitingDumps, long waitingBytes,
		List<VolumeDay> volumes, List<String> actionsRequired, @Nullable Instant lastSuccess) {

	DailyFacts {
		workloads = List.copyOf(workloads);
		volumes = List.copyOf(volumes);
		actionsRequired = List.copyOf(actionsRequired);
	}

}
