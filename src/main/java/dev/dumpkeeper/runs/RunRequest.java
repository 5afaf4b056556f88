package dev.dumpkeeper.runs;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * A request to run a job.
 *
 * @param job the job
 * @param dryRun whether nothing may change
 * @param volumes the volumes to which it is limited, empty for all
 * @param approve the plan to sweep, overriding the brakes
 * @param starter who requested it
 * @param scheduledFor the scheduled time, which is run once; {@code null} without a
 * schedule
 */
public record RunRequest(JobName job, boolean dryRun, List<String> volumes, @Nullable Long approve,
		RunInitiator starter, @Nullable Instant scheduledFor) {

	/**
	 * Creates a manual request.
	 * @param starter who requests it
	 * @param job the job
	 * @param dryRun whether nothing may change
	 * @param volumes the volumes to which it is limited, empty for all
	 * @param approve the plan to sweep, {@code null} for none
	 * @return the request
	 */
	public static RunRequest by(RunInitiator starter, JobName job, boolean dryRun, List<String> volumes,
			@Nullable Long approve) {
		return new RunRequest(job, dryRun, volumes, approve, starter, null);
	}

	static RunRequest scheduled(JobName job, Instant scheduledFor) {
		return new RunRequest(job, false, List.of(), null, RunInitiator.schedule(), scheduledFor);
	}

	/** Returns the name of the batch job, which is stored. */
	String batchJob() {
		return (this.approve != null) ? JobName.APPROVED_PLAN : this.job.text();
	}

	/** Returns the steps of the batch job, in order. */
	List<String> steps() {
		return (this.approve != null) ? JobName.APPROVED_STEPS : this.job.steps();
	}

	/** Returns the arguments that distinguish requests for the same job. */
	String arguments() {
		return (this.dryRun ? "--dry-run " : "") + ((this.approve != null) ? "--approve " + this.approve + " " : "")
				+ String.join(" ", new TreeSet<>(this.volumes).stream().map((volume) -> "--volume " + volume).toList());
	}

}
