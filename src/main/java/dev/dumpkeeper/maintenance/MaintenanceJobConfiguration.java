package dev.dumpkeeper.maintenance;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Composes the jobs out of the rooms' steps. Names of jobs and steps are stored: renaming
 * one is a migration.
 */
@Configuration(proxyBeanMethods = false)
class MaintenanceJobConfiguration {

	/** Markers first, one scan that feeds usage and plan, then the sweep. */
	private static final List<String> PASS = List.of("keepMarkers", "openPlan", "recordDeleted", "scanVolumes",
			"judgePlan", "sweepVolumes", "settle");

	@Bean
	Job maintenance(JobRepository repository, Map<String, Step> steps) {
		return job(JobName.MAINTENANCE.text(), PASS, repository, steps);
	}

	@Bean
	Job keepMarker(JobRepository repository, Map<String, Step> steps) {
		return job(JobName.KEEP_MARKER.text(), List.of("keepMarkers"), repository, steps);
	}

	@Bean
	Job measureUsage(JobRepository repository, Map<String, Step> steps) {
		return job(JobName.MEASURE_USAGE.text(), List.of("recordDeleted", "scanVolumes"), repository, steps);
	}

	// An expiry needs its own scan and, as the gateway prunes emptied directories, the
	// marker.
	@Bean
	Job expireDumps(JobRepository repository, Map<String, Step> steps) {
		return job(JobName.EXPIRE_DUMPS.text(), PASS, repository, steps);
	}

	// A person has read the plan: no new scan, no brakes, but every object is looked at
	// again.
	@Bean
	Job expireApprovedPlan(JobRepository repository, Map<String, Step> steps) {
		return job(JobName.APPROVED_PLAN, List.of("keepMarkers", "sweepVolumes", "settle"), repository, steps);
	}

	private static Job job(String name, List<String> order, JobRepository repository, Map<String, Step> steps) {
		Iterator<Step> inOrder = order.stream()
			.map((step) -> steps.values()
				.stream()
				.filter((bean) -> bean.getName().equals(step))
				.findFirst()
				.orElseThrow())
			.iterator();
		SimpleJobBuilder job = new JobBuilder(name, repository).start(inOrder.next());
		inOrder.forEachRemaining(job::next);
		return job.build();
	}

}
