package dev.dumpkeeper.retention;

import java.time.Instant;
import java.util.List;

import dev.dumpkeeper.run.HistoryCleanup;
import dev.dumpkeeper.run.Run;

/**
 * What a person may do with plans, and house-keeping.
 */
public final class RetentionOperations implements HistoryCleanup {

	private final ExpiryPlans plans;

	private final ExpiryItemRepository items;

	private final List<String> directories;

	RetentionOperations(ExpiryPlans plans, ExpiryItemRepository items, List<String> directories) {
		this.plans = plans;
		this.items = items;
		this.directories = directories;
	}

	/**
	 * Where dumps are kept, so where new ones appear.
	 * @return the marker directories, without slashes around them
	 */
	public List<String> dumpDirectories() {
		return this.directories;
	}

	/**
	 * Looks whether a plan can be approved.
	 * @param plan its number
	 * @return the volumes it is about
	 * @throws dev.dumpkeeper.run.InvalidRequestException when there is no such plan or it
	 * is past approval
	 */
	public List<String> approvable(long plan) {
		return this.plans.approvable(plan);
	}

	/**
	 * Lets a run sweep a plan that was refused or rehearsed. Repeated for the same run it
	 * has no effect.
	 * @param run the run
	 * @param plan the plan's number
	 */
	public void approve(Run run, long plan) {
		this.plans.approve(run, plan);
	}

	/**
	 * Forgets the items of old plans.
	 * @param before plans made earlier go
	 */
	@Override
	public void forget(Instant before) {
		this.items.forget(before);
	}

}
