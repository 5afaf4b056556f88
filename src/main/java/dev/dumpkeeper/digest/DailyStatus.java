package dev.dumpkeeper.digest;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How things stand at the end of a day, beside what the ledger tells of its dumps.
 *
 * @param volumes the volumes, in any order
 * @param failed how many objects cannot be deleted
 * @param actions what requires action, most urgent first
 * @param lastSuccess when a pass last succeeded, {@code null} when none ever did
 */
public record DailyStatus(List<VolumeDay> volumes, long failed, List<ActionItem> actions,
		@Nullable Instant lastSuccess) {

	/**
	 * Something that only a person can put right.
	 *
	 * @param kind what it is
	 * @param subject which volume, plan or run; shown as it is
	 */
	public record ActionItem(Kind kind, String subject) {

		/** What it is. */
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
