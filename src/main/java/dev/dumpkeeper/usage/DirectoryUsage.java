package dev.dumpkeeper.usage;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * The content of one directory as listed by one run.
 *
 * @param id row id, {@code null} before it is stored
 * @param runId the run
 * @param volume the volume's name
 * @param directory a directory directly below the volume, or the empty string for the
 * whole volume
 * @param measuredAt when
 * @param objects number of objects, without empty directories
 * @param objectBytes the sum of their sizes, without blocks and trash
 * @param dumps how many of them are dumps
 * @param dumpBytes the sum of the dumps' sizes
 * @param oldest earliest modification, {@code null} without objects
 * @param newest latest modification, {@code null} without objects
 * @param duplicateBytes the minimum of {@code objectBytes} that was counted twice: an
 * earlier key of the gateway shows a file of the same size and time, as a symbolic link
 * does; 0 where links are known or trusted
 */
@Table("directory_usage")
public record DirectoryUsage(@Id @Nullable Long id, long runId, String volume, String directory, Instant measuredAt,
		long objects, long objectBytes, long dumps, long dumpBytes, @Nullable Instant oldest, @Nullable Instant newest,
		long duplicateBytes) {

	/**
	 * Returns whether this is the sum over the volume.
	 * @return {@code false} for a directory
	 */
	public boolean isWholeVolume() {
		return this.directory.isEmpty();
	}

}
