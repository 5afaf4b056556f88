package dev.dumpkeeper.maintenance;

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
 */
record RunRequest(JobName job, boolean dryRun, List<String> volumes, @Nullable Long approve) {

	/** The name of the batch job, which is stored. */
	String batchJob() {
		return (this.approve != null) ? JobName.APPROVED_PLAN : this.job.text();
	}

	/** What tells this request from another for the same job. */
	String arguments() {
		return (this.dryRun ? "--dry-run " : "") + ((this.approve != null) ? "--approve " + this.approve + " " : "")
				+ String.join(" ", new TreeSet<>(this.volumes).stream().map((volume) -> "--volume " + volume).toList());
	}

}
