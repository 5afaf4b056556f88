package dev.dumpkeeper.ledger;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.run.VolumeSteps;
import dev.dumpkeeper.scan.Scans;
import dev.dumpkeeper.scan.VolumeScan;

/**
 * Publishes the steps that look at new dumps, a partition for each volume, and read their
 * heaps.
 */
@Configuration(proxyBeanMethods = false)
class LedgerStepConfiguration {

	@Bean
	Step lookAtDumpsStep(JobRepository jobRepository, DumpLook look, Scans scans, LedgerProperties properties,
			Audience audience) {
		return VolumeSteps.named("lookAtDumps", jobRepository)
			.over((run) -> scans.of(run)
				.stream()
				.filter((scan) -> audience.isThere() && scan.state() != VolumeScan.State.FAILED)
				.map(VolumeScan::volume)
				.toList())
			.parallel(properties.parallelLooks())
			.does(look::look);
	}

	@Bean
	Step readHeapsStep(JobRepository jobRepository, DumpContents contents) {
		return VolumeSteps.single("readHeaps", jobRepository, contents::readDue);
	}

}
