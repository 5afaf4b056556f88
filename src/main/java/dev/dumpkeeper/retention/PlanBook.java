package dev.dumpkeeper.retention;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Plans as people read them: what would go or went, by volume, and why a brake refused.
 */
public final class PlanBook {

	private final ExpiryPlanRepository plans;

	private final VolumePlanRepository volumePlans;

	private final ExpiryItemRepository items;

	private final Quarantine quarantine;

	PlanBook(ExpiryPlanRepository plans, VolumePlanRepository volumePlans, ExpiryItemRepository items,
			Quarantine quarantine) {
		this.plans = plans;
		this.volumePlans = volumePlans;
		this.items = items;
		this.quarantine = quarantine;
	}

	/**
	 * Returns plans, the newest first.
	 * @param before only plans with a lower number; {@code null} for the newest
	 * @param most how many at most
	 * @return the plans
	 */
	public List<PlanRow> find(@Nullable Long before, int most) {
		return this.plans.findBefore((before != null) ? before : Long.MAX_VALUE, most);
	}

	/**
	 * Returns one plan.
	 * @param id its number
	 * @return the plan, or empty if there is none or it is forgotten
	 */
	public Optional<PlanRow> find(long id) {
		return find(id + 1, 1).stream().filter((plan) -> plan.id() == id).findFirst();
	}

	/**
	 * Returns the volumes of a plan.
	 * @param plan its number
	 * @return by name
	 */
	public List<VolumeRow> volumes(long plan) {
		return this.volumePlans.findByPlanIdOrderByVolume(plan).stream().map(VolumeRow::of).toList();
	}

	/**
	 * Returns one volume of a plan.
	 * @param plan the plan's number
	 * @param volumePlan the volume plan's number
	 * @return the volume, or empty if it is none of that plan
	 */
	public Optional<VolumeRow> volume(long plan, long volumePlan) {
		return this.volumePlans.findById(volumePlan).filter((found) -> found.planId() == plan).map(VolumeRow::of);
	}

	/**
	 * Returns the items of a volume plan, in the order of keys.
	 * @param plan the plan's number
	 * @param volumePlan the volume plan's number
	 * @param after only items with a higher place; 0 for the first ones
	 * @param most how many at most
	 * @return the items; none if the volume plan is another plan's
	 */
	public List<ItemRow> items(long plan, long volumePlan, int after, int most) {
		return volume(plan, volumePlan).map((found) -> this.items.rows(volumePlan, after, most)).orElse(List.of());
	}

	/**
	 * Returns objects that passes could not delete and leave alone for a while.
	 * @param volume the volume's name
	 * @param now the present
	 * @param most how many at most
	 * @return in the order of keys
	 */
	public List<StuckRow> stuck(String volume, Instant now, int most) {
		return this.quarantine.stuck(volume, now, most)
			.stream()
			.map((entry) -> new StuckRow(entry.key(), entry.attempts(), entry.notBefore(), entry.reason()))
			.toList();
	}

	/**
	 * An object that could not be deleted.
	 *
	 * @param key its key
	 * @param attempts how many runs tried
	 * @param notBefore when a run tries again at the earliest
	 * @param reason why the last try failed, in English
	 */
	public record StuckRow(String key, int attempts, Instant notBefore, String reason) {

	}

	/**
	 * A plan.
	 *
	 * @param id the number by which it is approved
	 * @param run the run that made it
	 * @param state how far it is
	 * @param cutoff what was written before this instant may expire
	 * @param policy the policy it was made under, in English words
	 * @param refusal why a brake refused it, {@code null} if none did
	 * @param approvingRun the run that sweeps or swept it by approval, {@code null}
	 * without one
	 * @param objects how many objects were to go
	 * @param bytes their sizes added up
	 */
	public record PlanRow(long id, long run, ExpiryPlan.State state, Instant cutoff, String policy,
			@Nullable String refusal, @Nullable Long approvingRun, long objects, long bytes) {

		/**
		 * Returns whether it can be approved.
		 * @return {@code true} when it was refused or a dry run made it
		 */
		public boolean isApprovable() {
			return this.state == ExpiryPlan.State.REFUSED || this.state == ExpiryPlan.State.DRY_RUN;
		}

	}

	/**
	 * The plan for one volume.
	 *
	 * @param id its number
	 * @param volume the volume's name
	 * @param objects how many objects the volume held
	 * @param candidates how many were to go
	 * @param bytes their sizes added up
	 * @param waiting how many are old enough and stay because they were not announced in
	 * time
	 * @param held how many stay because they are held
	 * @param newest how many stay because they are among the newest
	 * @param unproven how many stay because they may be links
	 * @param failure why its sweep ended early, {@code null} if it did not
	 * @param sweptAt when its sweep ended, {@code null} before
	 * @param deleted how many were deleted
	 */
	public record VolumeRow(long id, String volume, long objects, long candidates, long bytes, long waiting, long held,
			long newest, long unproven, @Nullable String failure, @Nullable Instant sweptAt, long deleted) {

		static VolumeRow of(VolumePlan plan) {
			return new VolumeRow(plan.key(), plan.volume(), plan.objects(), plan.candidateObjects(),
					plan.candidateBytes(), plan.kept().waitingObjects(), plan.kept().heldObjects(),
					plan.kept().newestObjects(), plan.kept().unprovenObjects(), plan.failure(), plan.sweptAt(),
					plan.deleted());
		}

	}

	/**
	 * An object that a plan names.
	 *
	 * @param seq its place
	 * @param key its key
	 * @param size bytes
	 * @param lastModified when it had been written last
	 * @param outcome what became of it, the name of an {@link Outcome}; empty before
	 * @param detail why, in English; empty without
	 */
	public record ItemRow(int seq, String key, long size, Instant lastModified, String outcome, String detail) {

	}

}
