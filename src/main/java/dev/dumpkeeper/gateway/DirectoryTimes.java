package dev.dumpkeeper.gateway;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Tells where names came, went or changed since the last question, without a listing.
 */
public interface DirectoryTimes {

	/**
	 * Compares the times of directories, and of those below them, with what they were at
	 * the call before. A file that grows changes no directory.
	 * @param volumes volumes, whether or not they exist
	 * @param directories paths in each of them, without slashes around them
	 * @return the volumes in which one changed, all that have one at the first call
	 * @throws GatewayException when that cannot be found out
	 */
	Set<String> changed(Collection<String> volumes, List<String> directories);

}
