package dev.dumpkeeper.scan;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.Run;

/**
 * Checks files where the file system keeps their metadata.
 */
@FunctionalInterface
public interface FileStats {

	/**
	 * Returns how the files of a volume are checked.
	 * @param run the run
	 * @param volume the volume's name
	 * @return the check, or empty when each file has to be requested from the gateway:
	 * the run did not list this volume from the metadata, or the metadata is on a
	 * replica, which may lag
	 * @throws GatewayException when the metadata cannot be read
	 */
	Optional<FileStat> forVolume(Run run, String volume);

	/** Checks files of one volume. */
	@FunctionalInterface
	interface FileStat {

		/**
		 * Returns the current state of files, all from one snapshot of the file system.
		 * @param keys any keys
		 * @return the keys of regular files that are reached through directories only
		 * @throws GatewayException when the metadata cannot be read
		 */
		Map<ObjectKey, ObjectEntry> stat(Collection<ObjectKey> keys);

	}

}
