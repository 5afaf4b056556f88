package dev.dumpkeeper.usage;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * What one directory held when a run listed it.
 *
 * @param id row id, {@code null} before it is stored
 * @param runId the run
 * @param volume the volume's name
 * @param directory a directory directly below the volume, or the empty string for the
 * whole volume
 * @param measuredAt when
 * @param objects number of objects, empty directories aside
 * @param objectBytes their sizes added up; neither blocks nor trash
 * @param dumps how many of them are dumps
 * @param dumpBytes the dumps' sizes added up
 * @param oldest earliest modification, {@code null} without objects
 * @param newest latest modification, {@code null} without objects
 * @param duplicateBytes how many of {@code objectBytes}, at least, another key of the
 * gateway that was listed before shows with the same size and time, as a symbolic link
 * does; 0 where links are known or trusted
 */
@Table("directory_usage")
public record DirectoryUsage(@Id @Nullable Long id, long runId, String volume, String directory, Instant measuredAt,
		long objects, long objectBytes, long dumps, long dumpBytes, @Nullable Instant oldest, @Nullable Instant newest,
		long duplicateBytes) {

	/**
	 * Whether this is the sum over the volume.
	 * @return {@code false} for a directory
	 */
	public boolean isWholeVolume() {
		return this.directory.isEmpty();
	}

}
