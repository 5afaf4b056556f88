package dev.dumpkeeper.maintenance;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Composes the jobs out of the rooms' steps. Names of jobs and steps are stored: renaming
 * one is a migration.
 */
@Configuration(proxyBeanMethods = false)
class MaintenanceJobConfiguration {

	// The whole pass: markers first, one scan that feeds usage and plan, then the sweep.
	@Bean
	Job maintenance(JobRepository repository, @Qualifier("keepMarkersStep") Step keepMarkers,
			@Qualifier("openPlanStep") Step openPlan, @Qualifier("recordDeletedStep") Step recordDeleted,
			@Qualifier("scanVolumesStep") Step scanVolumes, @Qualifier("judgePlanStep") Step judgePlan,
			@Qualifier("sweepVolumesStep") Step sweepVolumes, @Qualifier("settleStep") Step settle) {
		return new JobBuilder(JobName.MAINTENANCE.text(), repository).start(keepMarkers)
			.next(openPlan)
			.next(recordDeleted)
			.next(scanVolumes)
			.next(judgePlan)
			.next(sweepVolumes)
			.next(settle)
			.build();
	}

	@Bean
	Job keepMarker(JobRepository repository, @Qualifier("keepMarkersStep") Step keepMarkers) {
		return new JobBuilder(JobName.KEEP_MARKER.text(), repository).start(keepMarkers).build();
	}

	@Bean
	Job measureUsage(JobRepository repository, @Qualifier("recordDeletedStep") Step recordDeleted,
			@Qualifier("scanVolumesStep") Step scanVolumes) {
		return new JobBuilder(JobName.MEASURE_USAGE.text(), repository).start(recordDeleted).next(scanVolumes).build();
	}

	// An expiry needs its own scan and, as the gateway prunes emptied directories, the
	// marker.
	@Bean
	Job expireDumps(JobRepository repository, @Qualifier("keepMarkersStep") Step keepMarkers,
			@Qualifier("openPlanStep") Step openPlan, @Qualifier("recordDeletedStep") Step recordDeleted,
			@Qualifier("scanVolumesStep") Step scanVolumes, @Qualifier("judgePlanStep") Step judgePlan,
			@Qualifier("sweepVolumesStep") Step sweepVolumes, @Qualifier("settleStep") Step settle) {
		return new JobBuilder(JobName.EXPIRE_DUMPS.text(), repository).start(keepMarkers)
			.next(openPlan)
			.next(recordDeleted)
			.next(scanVolumes)
			.next(judgePlan)
			.next(sweepVolumes)
			.next(settle)
			.build();
	}

	// A person has read the plan: no new scan, no brakes, but every object is looked at
	// again.
	@Bean
	Job expireApprovedPlan(JobRepository repository, @Qualifier("keepMarkersStep") Step keepMarkers,
			@Qualifier("sweepVolumesStep") Step sweepVolumes, @Qualifier("settleStep") Step settle) {
		return new JobBuilder("expire-approved-plan", repository).start(keepMarkers)
			.next(sweepVolumes)
			.next(settle)
			.build();
	}

}
