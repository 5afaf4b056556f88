package dev.dumpkeeper.gateway;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Detects where names were added, removed or renamed since the last call, without a
 * listing.
 */
public interface DirectoryTimes {

	/**
	 * Compares the modification times of directories and their subdirectories with those
	 * of the previous call. A growing file changes no directory.
	 * @param volumes volumes, whether or not they exist
	 * @param directories paths in each of them, without slashes around them
	 * @return the volumes with a change; at the first call, all volumes with such a
	 * directory
	 * @throws GatewayException when that cannot be determined
	 */
	Set<String> changed(Collection<String> volumes, List<String> directories);

}
