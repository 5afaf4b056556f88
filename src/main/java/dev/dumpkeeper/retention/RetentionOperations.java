package dev.dumpkeeper.retention;

import java.time.Instant;
import java.util.List;

import dev.dumpkeeper.run.HistoryCleanup;
import dev.dumpkeeper.run.Run;

/**
 * Operations on plans, and the cleanup of old ones.
 */
public final class RetentionOperations implements HistoryCleanup {

	private final ExpiryPlans plans;

	private final ExpiryItemRepository items;

	private final Quarantine quarantine;

	private final List<String> directories;

	RetentionOperations(ExpiryPlans plans, ExpiryItemRepository items, Quarantine quarantine,
			List<String> directories) {
		this.plans = plans;
		this.items = items;
		this.quarantine = quarantine;
		this.directories = directories;
	}

	/**
	 * Returns the directories in which new dumps appear.
	 * @return the marker directories, without slashes around them
	 */
	public List<String> dumpDirectories() {
		return this.directories;
	}

	/**
	 * Checks that a plan can be approved.
	 * @param plan its number
	 * @return its volumes
	 * @throws dev.dumpkeeper.run.InvalidRequestException when there is no such plan or it
	 * can no longer be approved
	 */
	public List<String> approvable(long plan) {
		return this.plans.approvable(plan);
	}

	/**
	 * Lets a run sweep a plan that was refused or made by a dry run. Repeated for the
	 * same run it has no effect.
	 * @param run the run
	 * @param plan the plan's number
	 */
	public void approve(Run run, long plan) {
		this.plans.approve(run, plan);
	}

	/**
	 * Removes the items of old plans, and objects that were stuck and are met no more.
	 * @param before plans made earlier are affected
	 */
	@Override
	public void forget(Instant before) {
		this.items.forget(before);
		this.quarantine.forget(before);
	}

}
