package dev.dumpkeeper.retention;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * What one run decided to expire. Its items never change once it is sealed; only their
 * outcomes are added.
 *
 * @param id the number by which people approve it, {@code null} before it is stored
 * @param runId the run that made it
 * @param state how far it is
 * @param cutoff what was written before this instant may expire
 * @param policy the policy it was made under, in words
 * @param refusal why a brake refused it
 * @param approvingRunId the run that swept it by somebody's approval
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

	/** How far a plan is. */
	public enum State {

		/** The scan still adds to it. */
		OPEN,

		/** Complete, made by a dry run: nothing is deleted. It can be approved. */
		DRY_RUN,

		/** Complete and refused by a brake. It can be approved. */
		REFUSED,

		/** Complete; what it names may be deleted. */
		SEALED,

		/** Every item has an outcome, or its volume's gateway failed. */
		SWEPT

	}

}
