package dev.dumpkeeper.runs;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for.
 *
 * @param job the job
 * @param dryRun whether nothing may change
 * @param volumes only these, all where empty
 * @param approve the plan to sweep, whatever the brakes said
 * @param starter who asked
 * @param scheduledFor the schedule's time that it is for; each is run once. {@code null}
 * where no schedule asked
 */
public record RunRequest(JobName job, boolean dryRun, List<String> volumes, @Nullable Long approve,
		RunInitiator starter, @Nullable Instant scheduledFor) {

	/**
	 * Asked for by a person.
	 * @param starter who asks
	 * @param job the job
	 * @param dryRun whether nothing may change
	 * @param volumes only these, all where empty
	 * @param approve the plan to sweep, {@code null} for none
	 * @return the request
	 */
	public static RunRequest by(RunInitiator starter, JobName job, boolean dryRun, List<String> volumes,
			@Nullable Long approve) {
		return new RunRequest(job, dryRun, volumes, approve, starter, null);
	}

	/** Asked for by a schedule. */
	static RunRequest scheduled(JobName job, Instant scheduledFor) {
		return new RunRequest(job, false, List.of(), null, RunInitiator.schedule(), scheduledFor);
	}

	/** The name of the batch job, which is stored. */
	String batchJob() {
		return (this.approve != null) ? JobName.APPROVED_PLAN : this.job.text();
	}

	/** The steps of that batch job, in order. */
	List<String> steps() {
		return (this.approve != null) ? JobName.APPROVED_STEPS : this.job.steps();
	}

	/** What tells this request from another for the same job. */
	String arguments() {
		return (this.dryRun ? "--dry-run " : "") + ((this.approve != null) ? "--approve " + this.approve + " " : "")
				+ String.join(" ", new TreeSet<>(this.volumes).stream().map((volume) -> "--volume " + volume).toList());
	}

}
