package dev.dumpkeeper.retention;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * What one run decided to expire. Once the plan is sealed its items never change; only
 * their outcomes are added.
 *
 * @param id the number by which people approve it, {@code null} before it is stored
 * @param runId the run that made it
 * @param state its state
 * @param cutoff objects that were last written before this instant may expire
 * @param policy a description of the policy in effect
 * @param refusal why a brake refused it
 * @param approvingRunId the run that swept it after an approval
 */
@Table("expiry_plan")
public record ExpiryPlan(@Id @Nullable Long id, long runId, State state, Instant cutoff, String policy,
		@Nullable String refusal, @Nullable Long approvingRunId) {

	static ExpiryPlan open(long runId, Instant cutoff, String policy) {
		return new ExpiryPlan(null, runId, State.OPEN, cutoff, policy, null, null);
	}

	ExpiryPlan in(State state, @Nullable String refusal) {
		return new ExpiryPlan(this.id, this.runId, state, this.cutoff, this.policy, refusal, this.approvingRunId);
	}

	ExpiryPlan approvedBy(long runId) {
		return new ExpiryPlan(this.id, this.runId, State.SEALED, this.cutoff, this.policy, this.refusal, runId);
	}

	long number() {
		return (this.id != null) ? this.id : 0;
	}

	/** The states of a plan. */
	public enum State {

		/** The scan still adds items. */
		OPEN,

		/** Complete, made by a dry run: nothing is deleted. It can be approved. */
		DRY_RUN,

		/** Complete and refused by a brake. It can be approved. */
		REFUSED,

		/** Complete; its items may be deleted. */
		SEALED,

		/** Every item has an outcome, or its volume's gateway failed. */
		SWEPT

	}

}
