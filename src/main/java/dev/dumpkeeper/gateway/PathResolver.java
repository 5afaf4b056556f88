package dev.dumpkeeper.gateway;

import java.util.Collection;
import java.util.Map;

/**
 * Knows what the gateway does not show: whether a key leads to a file by directories
 * alone, or by a symbolic link that anybody who mounts the volume may have put there.
 */
public interface PathResolver {

	/**
	 * Resolves keys without following a link, all of them in one state of the file
	 * system.
	 * @param volume the volume's name
	 * @param names keys within the volume, with a trailing slash for a directory
	 * @return how each is reached
	 * @throws GatewayException when that cannot be found out
	 */
	Map<String, Reached> resolve(String volume, Collection<String> names);

	/**
	 * Compares the owners of two files.
	 * @param volume the volume's name
	 * @param one a key within the volume
	 * @param other another
	 * @return {@code false} only where it is known that they have different owners
	 * @throws GatewayException when that cannot be found out for now
	 */
	boolean haveOneOwner(String volume, ObjectKey one, ObjectKey other);

	/** How a key is reached. */
	enum Reached {

		/** By directories alone, and it is a regular file, or a directory. */
		DIRECTLY,

		/** By a symbolic link, or it is one, or no regular file at all. */
		BY_LINK,

		/** There is no such entry. */
		NOT_AT_ALL

	}

}
