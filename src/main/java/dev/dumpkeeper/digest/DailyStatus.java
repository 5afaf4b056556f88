package dev.dumpkeeper.digest;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The state at the end of a day, apart from the ledger.
 *
 * @param volumes the volumes, in any order
 * @param failed how many objects cannot be deleted
 * @param actions what requires action, most urgent first
 * @param lastSuccess when a pass last succeeded, {@code null} if none ever did
 */
public record DailyStatus(List<VolumeDay> volumes, long failed, List<ActionItem> actions,
		@Nullable Instant lastSuccess) {

	/**
	 * A problem that requires manual action.
	 *
	 * @param kind the kind of problem
	 * @param subject the volume, plan or run; shown unchanged
	 */
	public record ActionItem(Kind kind, String subject) {

		/** The kinds of problems. */
		public enum Kind {

			/** A brake refused a plan. */
			PLAN_REFUSED,

			/** The last pass did not succeed. */
			PASS_FAILED,

			/** A volume's listing failed or is not trusted. */
			VOLUME_UNREADABLE,

			/** A marker is missing. */
			MARKER_MISSING,

			/** Objects cannot be deleted. */
			OBJECTS_STUCK

		}

	}

}
