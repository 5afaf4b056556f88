package dev.dumpkeeper.gateway;

import java.util.Collection;
import java.util.Map;

/**
 * Determines what the gateway does not show: whether a key leads to a file through
 * directories only, or through a symbolic link that anybody who mounts the volume may
 * have created.
 */
public interface PathResolver {

	/**
	 * Returns how messages name where paths are looked up.
	 * @return words with the property that has its address
	 */
	default String description() {
		return "the metadata database (dumpkeeper.metadata.url)";
	}

	/**
	 * Resolves keys without following links, from one snapshot of the file system.
	 * @param volume the volume's name
	 * @param names keys within the volume, with a trailing slash for a directory
	 * @return how each is reached
	 * @throws GatewayException when that cannot be determined
	 */
	Map<String, Reached> resolve(String volume, Collection<String> names);

	/**
	 * Compares the owners of two files.
	 * @param volume the volume's name
	 * @param one a key within the volume
	 * @param other another
	 * @return {@code false} only if they are known to have different owners
	 * @throws GatewayException when that cannot be determined now
	 */
	boolean haveOneOwner(String volume, ObjectKey one, ObjectKey other);

	/** How a key is reached. */
	enum Reached {

		/** Through directories only, to a regular file or a directory. */
		DIRECTLY,

		/** Through a symbolic link, or it is a link or another kind of file. */
		BY_LINK,

		/** There is no such entry. */
		NOT_AT_ALL

	}

}
