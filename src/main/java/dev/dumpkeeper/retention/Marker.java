package dev.dumpkeeper.retention;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A marker directory of a volume and the state of its marker.
 *
 * @param id row id, {@code null} before it is stored
 * @param volume the volume's name
 * @param directory the directory, relative to the volume
 * @param state the state after the last check
 * @param detail what failed, or a remark
 * @param runId the run that checked it last
 * @param checkedAt when it was checked
 */
@Table("marker")
public record Marker(@Id @Nullable Long id, String volume, String directory, State state, @Nullable String detail,
		long runId, Instant checkedAt) {

	Marker in(State state, @Nullable String detail, long runId, Instant at) {
		return new Marker(this.id, this.volume, this.directory, state, detail, runId, at);
	}

	/** The states of a marker. */
	public enum State {

		/** Present with the right content; not touched. */
		INTACT,

		/** Was missing or different, and was written. */
		WRITTEN,

		/** Missing or different; left unchanged by a dry run. */
		WOULD_WRITE,

		/** Could not be written because the volume or its quota is full. */
		FULL,

		/** The directory is a symbolic link or is below one; it is not followed. */
		LINKED,

		/** Could not be checked or written. */
		FAILED

	}

}
