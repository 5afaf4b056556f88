package dev.dumpkeeper.ledger;

import java.util.List;
import java.util.Set;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.NotificationStatus;
import dev.dumpkeeper.run.Partitions;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.VolumeStepBuilder;
import dev.dumpkeeper.scan.VolumeScan;
import dev.dumpkeeper.scan.VolumeScans;

/**
 * Publishes the steps that find duplicates, triage new dumps and read their heaps.
 */
@Configuration(proxyBeanMethods = false)
class LedgerStepConfiguration {

	// Runs before anything is read or offered for download.
	@Bean
	Step findDuplicatesStep(JobRepository jobRepository, DuplicateDumpSearch search) {
		return VolumeStepBuilder.single("findDuplicates", jobRepository, (run) -> search.mark());
	}

	@Bean
	Step triageDumpsStep(JobRepository jobRepository, DumpTriage triage, VolumeScans scans,
			NotificationStatus notifications, RetentionDirectories retention, DumpGateway gateway) {
		return VolumeStepBuilder.single("triageDumps", jobRepository, (run) -> {
			if (notifications.notificationsEnabled() || gateway.pathTrust() == PathTrust.UNKNOWN
					|| retention.keepNewest() > 0) {
				triage.triage(run.now(), scanned(scans, run));
			}
		});
	}

	@Bean
	Step readHeapsStep(JobRepository jobRepository, DumpContents contents, VolumeScans scans, Partitions partitions) {
		return VolumeStepBuilder.named("readHeaps", jobRepository)
			.over((run) -> contents.due(run, Set.copyOf(scanned(scans, run))))
			.sharedBy(partitions)
			.does(contents::read);
	}

	private static List<String> scanned(VolumeScans scans, Run run) {
		return scans.findByRun(run)
			.stream()
			.filter((scan) -> scan.state() != VolumeScan.State.FAILED)
			.map(VolumeScan::volume)
			.toList();
	}

}
