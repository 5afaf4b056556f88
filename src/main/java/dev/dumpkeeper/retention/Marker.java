package dev.dumpkeeper.retention;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A marker directory that was seen in a volume, and how its marker was last found.
 *
 * @param id row id, {@code null} before it is stored
 * @param volume the volume's name
 * @param directory the directory, relative to the volume
 * @param state how the marker was found or left
 * @param detail what failed, or what has to be known about it
 * @param runId the run that looked last
 * @param checkedAt when it looked
 */
@Table("marker")
public record Marker(@Id @Nullable Long id, String volume, String directory, State state, @Nullable String detail,
		long runId, Instant checkedAt) {

	Marker in(State state, @Nullable String detail, long runId, Instant at) {
		return new Marker(this.id, this.volume, this.directory, state, detail, runId, at);
	}

	/** How a marker was found or left. */
	public enum State {

		/** There, with the right content; not touched. */
		INTACT,

		/** Was missing or different, and was written. */
		WRITTEN,

		/** Was missing or different, and a run that is no rehearsal would write it. */
		WOULD_WRITE,

		/** Could not be written because the volume or its quota is full. */
		FULL,

		/** The directory is a symbolic link or lies behind one; it is not followed. */
		LINKED,

		/** Could not be looked at or written. */
		FAILED

	}

}
