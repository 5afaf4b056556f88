package dev.dumpkeeper.maintenance;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.digest.DailyReports;
import dev.dumpkeeper.run.VolumeSteps;

/**
 * Composes the jobs out of the rooms' steps. Names of jobs and steps are stored: renaming
 * one is a migration.
 */
@Configuration(proxyBeanMethods = false)
class MaintenanceJobConfiguration {

	/** The marker before the sweep, and a plan that the scan can add to. */
	private static final List<String> PREPARE = List.of("keepMarkers", "openPlan");

	/** One scan that feeds usage, ledger and plan. */
	private static final List<String> SCAN = List.of("recordDeleted", "scanVolumes");

	/** What may be another's is known before anything is read. */
	private static final List<String> LOOK = List.of("findTwins", "lookAtDumps");

	/** People are told before anything goes. */
	private static final List<String> TELL = List.of("tellPeople");

	private static final List<String> SWEEP = List.of("findSecondKeys", "judgePlan", "sweepVolumes", "settle");

	/** After the sweep: what is gone is no reason to warn. */
	private static final List<String> CAPACITY = List.of("checkCapacity");

	/** Last: it is worth knowing what is in a dump, and nothing waits for it. */
	private static final List<String> READ = List.of("readHeaps");

	@Bean
	Job maintenance(JobRepository repository, Map<String, Step> steps) {
		return job(JobName.MAINTENANCE.text(), steps(Stream.of(PREPARE, SCAN, LOOK, TELL, SWEEP, CAPACITY, READ)), repository,
				steps);
	}

	@Bean
	Job keepMarker(JobRepository repository, Map<String, Step> steps) {
		return job(JobName.KEEP_MARKER.text(), List.of("keepMarkers"), repository, steps);
	}

	@Bean
	Job measureUsage(JobRepository repository, Map<String, Step> steps) {
		return job(JobName.MEASURE_USAGE.text(), SCAN, repository, steps);
	}

	// An expiry needs its own scan and, as the gateway prunes emptied directories, the
	// marker.
	@Bean
	Job expireDumps(JobRepository repository, Map<String, Step> steps) {
		return job(JobName.EXPIRE_DUMPS.text(), steps(Stream.of(PREPARE, SCAN, LOOK, SWEEP)),
				repository, steps);
	}

	@Bean
	Job reconcileDumps(JobRepository repository, Map<String, Step> steps) {
		return job(JobName.RECONCILE_DUMPS.text(), steps(Stream.of(SCAN, LOOK, TELL)), repository, steps);
	}

	// On the last measurements: the gateway is not needed.
	@Bean
	Job checkCapacity(JobRepository repository, Map<String, Step> steps) {
		return job(JobName.CHECK_CAPACITY.text(), CAPACITY, repository, steps);
	}

	// The gateway is not needed to tell how things stand.
	@Bean
	Job dailyReport(JobRepository repository, Map<String, Step> steps) {
		return job(JobName.DAILY_REPORT.text(), List.of("composeDailyReport", "tellPeople"), repository, steps);
	}

	@Bean
	Step composeDailyReportStep(JobRepository repository, DailyReports reports, DayStates states) {
		return VolumeSteps.single("composeDailyReport", repository,
				(run) -> reports.post(run, states.at(run, reports.yesterday(run))));
	}

	// A person has read the plan: no new scan, no brakes, but every object is looked at
	// again.
	@Bean
	Job expireApprovedPlan(JobRepository repository, Map<String, Step> steps) {
		return job(JobName.APPROVED_PLAN, List.of("keepMarkers", "findSecondKeys", "sweepVolumes", "settle"),
				repository, steps);
	}

	private static List<String> steps(Stream<List<String>> parts) {
		return parts.flatMap(List::stream).toList();
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
