package dev.dumpkeeper.retention;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.run.Partitions;
import dev.dumpkeeper.run.VolumeStepBuilder;
import dev.dumpkeeper.scan.VolumeScan;
import dev.dumpkeeper.scan.VolumeScans;

/**
 * Publishes the steps of retention, in the order in which they run around the scan.
 */
@Configuration(proxyBeanMethods = false)
class RetentionStepConfiguration {

	/** The gateway's CPU is the limit; a second volume fills the pauses of the first. */
	private static final int VOLUMES_AT_ONCE = 2;

	// Marker before sweep: the gateway removes a directory once its last object is gone.
	@Bean
	Step keepMarkersStep(JobRepository jobRepository, KeepMarkers markers, VolumeScans scans) {
		return VolumeStepBuilder.named("keepMarkers", jobRepository)
			.over((run) -> scans.findByRun(run).stream().map(VolumeScan::volume).toList())
			.parallel(VOLUMES_AT_ONCE)
			.does(markers::keep);
	}

	// Deletions since the last scan, even by a killed run, must not count as a loss of
	// keys.
	@Bean
	Step recordDeletedStep(JobRepository jobRepository, VolumePlanRepository volumePlans, VolumeScans scans) {
		return VolumeStepBuilder.single("recordDeleted", jobRepository,
				(run) -> scans.findByRun(run)
					.forEach((scan) -> scans.recordDeleted(scan.volume(),
							(since) -> volumePlans.countDeletedSince(scan.volume(), since))));
	}

	// The scan adds items to an open plan.
	@Bean
	Step openPlanStep(JobRepository jobRepository, ExpiryPlans plans) {
		return VolumeStepBuilder.single("openPlan", jobRepository, plans::open);
	}

	// Before the brakes: objects that may be links do not belong to the plan.
	@Bean
	Step filterDuplicatesStep(JobRepository jobRepository, DuplicateKeyFilter secondKeys) {
		return VolumeStepBuilder.single("filterDuplicates", jobRepository, secondKeys::keep);
	}

	// The brakes check the whole plan before the first delete.
	@Bean
	Step judgePlanStep(JobRepository jobRepository, ExpiryPlans plans) {
		return VolumeStepBuilder.single("judgePlan", jobRepository, plans::judge);
	}

	@Bean
	Step sweepVolumesStep(JobRepository jobRepository, ExpirySweep sweep, ExpiryPlans plans, Partitions partitions) {
		return VolumeStepBuilder.named("sweepVolumes", jobRepository)
			.over(plans::volumesToSweep)
			.parallel(VOLUMES_AT_ONCE)
			.sharedBy(partitions)
			.does(sweep::sweep);
	}

	// A volume that was full may have space now.
	@Bean
	Step settleStep(JobRepository jobRepository, KeepMarkers markers, VolumeScans scans, ExpiryPlans plans) {
		return VolumeStepBuilder.single("settle", jobRepository, (run) -> {
			scans.findByRun(run).forEach((scan) -> markers.retry(run, scan.volume()));
			plans.close(run);
		});
	}

}
