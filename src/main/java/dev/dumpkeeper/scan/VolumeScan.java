package dev.dumpkeeper.scan;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

import dev.dumpkeeper.text.SafeText;

/**
 * The listing of one volume in one run.
 *
 * @param id row id, {@code null} before it is stored
 * @param runId the run
 * @param volume the volume's name
 * @param state how the listing ended
 * @param reason why it failed or is not trusted
 * @param startedAt when the listing began
 * @param finishedAt when it ended
 * @param objects listed objects, without empty directories
 * @param bytes the sum of their sizes
 * @param dumps how many of them are dumps
 * @param unusable names that cannot be used in a request (not UTF-8, too long, dot
 * segments)
 * @param deleted how many of the objects this service has deleted since
 * @param linked names that were omitted because they are reached through symbolic links
 * @param linkedExample one of them
 * @param source from where the volume was listed, {@code null} before it was
 * @param sourceReason why it was not listed from the metadata, {@code null} if it was
 */
@Table("volume_scan")
public record VolumeScan(@Id @Nullable Long id, long runId, String volume, State state, @Nullable String reason,
		@Nullable Instant startedAt, @Nullable Instant finishedAt, long objects, long bytes, long dumps, long unusable,
		long deleted, long linked, @Nullable String linkedExample, @Nullable Source source,
		@Nullable String sourceReason) {

	/** The width of the column. */
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

	static final class Totals {

		long objects;

		long bytes;

		long dumps;

		long unusable;

		long linked;

		@Nullable String linkedExample;

	}

	/** From where a volume was listed. */
	public enum Source {

		/** The S3 gateway. */
		GATEWAY,

		/** JuiceFS's metadata database. */
		METADATA

	}

	/** How the listing of a volume ended. */
	public enum State {

		/** Not listed yet, or not by this job. */
		SELECTED,

		/** Complete and plausible. */
		TRUSTED,

		/** Listed but implausible: nothing may be deleted because of it. */
		UNTRUSTED,

		/** The gateway failed. */
		FAILED

	}

}
