package dev.dumpkeeper.retention;

import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.retention.ExpiryPlan.State;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.Run;

/**
 * The lifecycle of a plan: opened before the scan, judged after it, swept, and sometimes
 * approved in between.
 */
final class ExpiryPlans {

	private static final Logger logger = LoggerFactory.getLogger(ExpiryPlans.class);

	private final ExpiryPlanRepository plans;

	private final VolumePlanRepository volumePlans;

	private final RetentionPolicy policy;

	private final SweepBrake brake;

	ExpiryPlans(ExpiryPlanRepository plans, VolumePlanRepository volumePlans, RetentionPolicy policy,
			SweepBrake brake) {
		this.plans = plans;
		this.volumePlans = volumePlans;
		this.policy = policy;
		this.brake = brake;
	}

	Optional<ExpiryPlan> findByRun(Run run) {
		return this.plans.findOf(run.id());
	}

	/** Opens the run's plan, unless it has one. */
	void open(Run run) {
		if (findByRun(run).isEmpty()) {
			this.plans.save(ExpiryPlan.open(run.id(), this.policy.cutoff(run.now()), this.policy.toString()));
		}
	}

	/** Closes the run's open plan and applies the brakes to it as a whole. */
	void judge(Run run) {
		ExpiryPlan plan = findByRun(run).orElseThrow();
		if (plan.state() != State.OPEN) {
			return;
		}
		Optional<String> refusal = this.brake.refusal(volumePlans(plan));
		if (refusal.isPresent()) {
			logger.warn("plan {} is refused: {}", plan.number(), refusal.get());
			this.plans.save(plan.in(State.REFUSED, refusal.get()));
		}
		else {
			this.plans.save(plan.in(run.dryRun() ? State.DRY_RUN : State.SEALED, null));
		}
	}

	/** Returns the volumes that a run may sweep; none unless its plan is sealed. */
	List<String> volumesToSweep(Run run) {
		return findByRun(run).filter((plan) -> plan.state() == State.SEALED && !run.dryRun())
			.map((plan) -> volumePlans(plan).stream()
				.filter((volumePlan) -> volumePlan.candidates() > 0 && volumePlan.sweptAt() == null)
				.map(VolumePlan::volume)
				.toList())
			.orElse(List.of());
	}

	List<VolumePlan> volumePlans(ExpiryPlan plan) {
		return this.volumePlans.findByPlanIdOrderByVolume(plan.number());
	}

	/** Ends the plan once all its volumes are done. */
	void close(Run run) {
		findByRun(run).filter((plan) -> plan.state() == State.SEALED && !run.dryRun())
			.ifPresent((plan) -> this.plans.save(plan.in(State.SWEPT, plan.refusal())));
	}

	/**
	 * Checks that a plan can be approved.
	 * @param number the plan's number
	 * @return its volumes
	 * @throws InvalidRequestException when there is no such plan or it can no longer be
	 * approved
	 */
	List<String> approvable(long number) {
		ExpiryPlan plan = this.plans.findById(number)
			.orElseThrow(() -> new InvalidRequestException("--approve " + number + ": there is no such plan"));
		if (plan.state() != State.REFUSED && plan.state() != State.DRY_RUN) {
			throw new InvalidRequestException("--approve " + number + ": the plan is " + plan.state()
					+ "; only a refused or dry-run plan can be approved");
		}
		return volumePlans(plan).stream().map(VolumePlan::volume).toList();
	}

	/** Lets a run sweep a plan that was refused or made by a dry run. */
	void approve(Run run, long number) {
		if (findByRun(run).isEmpty()) {
			approvable(number);
			this.plans.save(this.plans.findById(number).orElseThrow().approvedBy(run.id()));
		}
	}

}
