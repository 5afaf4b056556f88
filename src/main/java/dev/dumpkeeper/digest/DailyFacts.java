package dev.dumpkeeper.digest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;

/**
 * What a day was like.
 *
 * @param day the day
 * @param workloads the day's new dumps by workload, in any order
 * @param newDumps how many dumps were new
 * @param newBytes their sizes added up
 * @param told how many dumps people were told about
 * @param expired how many objects expired
 * @param freedBytes sizes of what expired
 * @param failed how many objects could not be deleted
 * @param held how many dumps outlive their age because somebody or a rule holds them
 * @param waitingDumps how many dumps nobody has been told about yet
 * @param waitingBytes their sizes added up
 * @param volumes the volumes, in any order
 * @param actionsRequired what only a person can put right: plain sentences in the
 * language of the report, most urgent first; markup in them is shown and does not act
 * @param lastSuccess when a run last succeeded, {@code null} when none ever did
 */
record DailyFacts(LocalDate day, List<UnnotifiedGroup> workloads, long newDumps, long newBytes, long told, long expired,
		long freedBytes, long failed, long held, long waitingDumps, long waitingBytes, List<VolumeDay> volumes,
		List<String> actionsRequired, @Nullable Instant lastSuccess) {

	DailyFacts {
		workloads = List.copyOf(workloads);
		volumes = List.copyOf(volumes);
		actionsRequired = List.copyOf(actionsRequired);
	}

}
