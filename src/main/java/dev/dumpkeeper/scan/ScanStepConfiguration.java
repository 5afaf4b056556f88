package dev.dumpkeeper.scan;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.run.Partitions;
import dev.dumpkeeper.run.VolumeStepBuilder;

/**
 * Publishes the scan step, with a partition for each volume.
 */
@Configuration(proxyBeanMethods = false)
class ScanStepConfiguration {

	@Bean
	Step scanVolumesStep(JobRepository jobRepository, VolumeScanner scanner, VolumeScans scans,
			ScanProperties properties, Partitions partitions) {
		return VolumeStepBuilder.named("scanVolumes", jobRepository)
			.over((run) -> scans.findByRun(run)
				.stream()
				.filter(ScanStepConfiguration::isOpen)
				.map(VolumeScan::volume)
				.toList())
			.parallel(properties.parallelVolumes())
			.sharedBy(partitions)
			.does(scanner::scan);
	}

	private static boolean isOpen(VolumeScan scan) {
		return scan.state() == VolumeScan.State.SELECTED;
	}

}
