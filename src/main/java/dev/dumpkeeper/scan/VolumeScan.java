package dev.dumpkeeper.scan;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

import dev.dumpkeeper.text.SafeText;

/**
 * What one run did with one volume's listing.
 *
 * @param id row id, {@code null} before it is stored
 * @param runId the run
 * @param volume the volume's name
 * @param state how it ended
 * @param reason why it failed or is not trusted
 * @param startedAt when the walk began
 * @param finishedAt when it ended
 * @param objects listed objects, empty directories aside
 * @param bytes their sizes added up
 * @param dumps how many of them are dumps
 * @param unusable names that cannot be sent back (not UTF-8, too long, dot segments)
 * @param deleted how many of the objects this run's plan deleted afterwards
 * @param linked names that were left out because symbolic links lead to them
 * @param linkedExample one of them
 * @param source where it was listed, {@code null} before it was
 * @param sourceReason why it was not listed in the metadata, {@code null} where it was
 */
@Table("volume_scan")
public record VolumeScan(@Id @Nullable Long id, long runId, String volume, State state, @Nullable String reason,
		@Nullable Instant startedAt, @Nullable Instant finishedAt, long objects, long bytes, long dumps, long unusable,
		long deleted, long linked, @Nullable String linkedExample, @Nullable Source source,
		@Nullable String sourceReason) {

	/** Of the column. */
	private static final int MAX_REASON = 990;

	static VolumeScan selected(long runId, String volume) {
		return new VolumeScan(null, runId, volume, State.SELECTED, null, null, null, 0, 0, 0, 0, 0, 0, null, null,
				null);
	}

	VolumeScan from(Source source, @Nullable String reason) {
		return new VolumeScan(this.id, this.runId, this.volume, this.state, this.reason, this.startedAt,
				this.finishedAt, this.objects, this.bytes, this.dumps, this.unusable, this.deleted, this.linked,
				this.linkedExample, source, (reason != null) ? SafeText.abridged(reason, MAX_REASON) : null);
	}

	VolumeScan failed(String reason, Instant startedAt, Instant finishedAt) {
		return new VolumeScan(this.id, this.runId, this.volume, State.FAILED, reason, startedAt, finishedAt, 0, 0, 0, 0,
				0, 0, null, this.source, this.sourceReason);
	}

	VolumeScan judged(Totals totals, @Nullable String doubt, Instant startedAt, Instant finishedAt) {
		return new VolumeScan(this.id, this.runId, this.volume, (doubt == null) ? State.TRUSTED : State.UNTRUSTED,
				doubt, startedAt, finishedAt, totals.objects, totals.bytes, totals.dumps, totals.unusable, 0,
				totals.linked, totals.linkedExample, this.source, this.sourceReason);
	}

	/** Counts a walk. */
	static final class Totals {

		long objects;

		long bytes;

		long dumps;

		long unusable;

		long linked;

		@Nullable String linkedExample;

	}

	/** Where a volume was listed. */
	public enum Source {

		/** By the S3 gateway. */
		GATEWAY,

		/** In JuiceFS's metadata database. */
		METADATA

	}

	/** How the listing of a volume ended. */
	public enum State {

		/** Not listed (yet, or not by this job). */
		SELECTED,

		/** Listed to its end and plausible. */
		TRUSTED,

		/** Listed, but not to be believed: nothing may be deleted on its word. */
		UNTRUSTED,

		/** The gateway failed. */
		FAILED

	}

}
