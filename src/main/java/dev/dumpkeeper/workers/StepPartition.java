package dev.dumpkeeper.workers;

import org.jspecify.annotations.Nullable;

/**
 * The claim of one partition.
 *
 * @param id the step execution in Spring Batch's tables
 * @param runId the run
 * @param step the name of the step that executes one partition
 * @param state whether somebody works on it
 * @param worker who does or did, {@code null} before
 * @param fence how often it was claimed or taken away; a statement with an older number
 * changes nothing
 * @param beat grows while the worker renews its claim
 */
record StepPartition(long id, long runId, String step, State state, @Nullable String worker, int fence, long beat) {

	StepPartition claimedBy(String claimant) {
		return new StepPartition(this.id, this.runId, this.step, State.RUNNING, claimant, this.fence + 1, this.beat);
	}

	/** Whether nobody has claimed it before, and so nobody has changed its execution. */
	boolean isFirstClaim() {
		return this.fence == 1;
	}

	enum State {

		/** To be claimed. */
		WAITING,

		/** Claimed. */
		RUNNING,

		/** Claimed, and its worker is to end it. */
		CANCELLED,

		/** Taken away from its worker, and not offered yet. */
		TAKEN,

		/** Ended. */
		DONE;

		/** Returns what people are told: whether it waits, runs or is done. */
		String shown() {
			return switch (this) {
				case WAITING, TAKEN -> WAITING.name();
				case RUNNING, CANCELLED -> RUNNING.name();
				case DONE -> DONE.name();
			};
		}

	}

}
