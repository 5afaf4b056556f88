package dev.dumpkeeper.gateway;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lists volumes without the gateway, from the metadata of the file system: the keys that
 * the gateway would list, in the same order, without those reached through symbolic
 * links. Read-only.
 */
public interface ListingSource {

	/**
	 * Returns how messages name the source.
	 * @return words such as {@code the metadata database (PROPERTY)}
	 */
	default String description() {
		return "the metadata database";
	}

	/**
	 * Checks that the source is readable and has a known schema, and lists the
	 * directories at the root of the file system.
	 * @return their names as {@link DumpGateway#volumes()} has them, without those that
	 * the gateway reserves
	 * @throws GatewayException with a description of the reason, when it cannot be used
	 */
	Set<String> volumes();

	/**
	 * Opens a snapshot of a volume, which does not show later changes.
	 * @param volume the volume's name
	 * @return the listing, to be closed, for one thread
	 * @throws GatewayException when the volume does not exist or cannot be read
	 */
	Listing open(String volume);

	/**
	 * Returns the current state of one file.
	 * @param volume the volume's name
	 * @param key a key within the volume
	 * @return the file with its time in the unit of a listing, or empty if no file is
	 * reached through directories only
	 * @throws GatewayException when that cannot be determined
	 */
	Optional<ObjectEntry> stat(String volume, ObjectKey key);

	/**
	 * Returns the current state of many files, from one snapshot of the file system taken
	 * by this call.
	 * @param volume the volume's name
	 * @param keys keys within the volume
	 * @return the keys of regular files that are reached through directories only
	 * @throws GatewayException when that cannot be determined, or the source may lag
	 */
	Map<ObjectKey, ObjectEntry> stat(String volume, Collection<ObjectKey> keys);

	/**
	 * Returns whether the source may show an outdated state, as a replica does.
	 * @return {@code false} only if it is known to be the server that the file system
	 * writes to
	 * @throws GatewayException when that cannot be determined
	 */
	boolean mayLag();

	/**
	 * A snapshot of a volume, page by page.
	 */
	interface Listing extends AutoCloseable {

		/**
		 * Returns the next page.
		 * @return the next page in key order, with a token only if another follows;
		 * {@link ListingPage#linked()} contains the links themselves and files of other
		 * kinds
		 * @throws GatewayException when it cannot be read to its end: the earlier pages
		 * are then incomplete
		 */
		ListingPage next();

		/** Releases the snapshot; a repetition has no effect. */
		@Override
		void close();

	}

}
