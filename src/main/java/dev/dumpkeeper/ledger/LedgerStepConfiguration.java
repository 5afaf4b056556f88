package dev.dumpkeeper.ledger;

import java.util.List;
import java.util.Set;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.Audience;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.VolumeSteps;
import dev.dumpkeeper.scan.Scans;
import dev.dumpkeeper.scan.VolumeScan;

/**
 * Publishes the steps that look for second keys, look at new dumps and read their heaps.
 */
@Configuration(proxyBeanMethods = false)
class LedgerStepConfiguration {

	// Before anything is read or given out.
	@Bean
	Step findTwinsStep(JobRepository jobRepository, TwinSearch search) {
		return VolumeSteps.single("findTwins", jobRepository, (run) -> search.mark());
	}

	@Bean
	Step lookAtDumpsStep(JobRepository jobRepository, DumpLook look, Scans scans, Audience audience,
			RetentionDirectories retention, DumpGateway gateway) {
		return VolumeSteps.single("lookAtDumps", jobRepository, (run) -> {
			if (audience.notificationsEnabled() || gateway.pathTrust() == PathTrust.UNKNOWN
					|| retention.keepNewest() > 0) {
				look.look(run.now(), scanned(scans, run));
			}
		});
	}

	@Bean
	Step readHeapsStep(JobRepository jobRepository, DumpContents contents, Scans scans) {
		return VolumeSteps.single("readHeaps", jobRepository,
				(run) -> contents.readDue(run, Set.copyOf(scanned(scans, run))));
	}

	private static List<String> scanned(Scans scans, Run run) {
		return scans.of(run)
			.stream()
			.filter((scan) -> scan.state() != VolumeScan.State.FAILED)
			.map(VolumeScan::volume)
			.toList();
	}

}
