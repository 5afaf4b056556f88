package dev.dumpkeeper.scan;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.Run;

/**
 * Looks at the files of a volume where the file system keeps them.
 */
@FunctionalInterface
public interface FileStats {

	/**
	 * Tells how files are looked at.
	 * @param run the run
	 * @param volume the volume's name
	 * @return the look, or empty where the gateway has to be asked for each file: the run
	 * did not list this volume in the metadata, or that is kept by a replica, which may
	 * be late
	 * @throws GatewayException when that cannot be found out
	 */
	Optional<FileStat> forVolume(Run run, String volume);

	/** A look at files of one volume. */
	@FunctionalInterface
	interface FileStat {

		/**
		 * Looks at files as they are now, all of them in one state of the file system.
		 * @param keys any keys
		 * @return those of them that are regular files and are reached by directories
		 * alone
		 * @throws GatewayException when that cannot be found out
		 */
		Map<ObjectKey, ObjectEntry> stat(Collection<ObjectKey> keys);

	}

}
