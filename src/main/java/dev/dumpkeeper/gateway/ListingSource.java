package dev.dumpkeeper.gateway;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lists volumes past the gateway, where the file system itself keeps its names: the keys
 * that the gateway would list, in the same order, without what a symbolic link leads to.
 * Nothing is ever changed by it.
 */
public interface ListingSource {

	/**
	 * Checks that the source can be read and has a shape that is known, and asks for the
	 * directories at the root of the file system.
	 * @return their names, without those that the gateway keeps for itself
	 * @throws GatewayException with the reason in words, when it cannot be used
	 */
	Set<String> volumes();

	/**
	 * Opens one picture of a volume: what changes later is not seen in it.
	 * @param volume the volume's name
	 * @return the listing, to be closed, for one thread
	 * @throws GatewayException when the volume is not there or cannot be read
	 */
	Listing open(String volume);

	/**
	 * Looks at one file as it is now.
	 * @param volume the volume's name
	 * @param key a key within the volume
	 * @return the file with its time in the unit of a listing, or empty where no file is
	 * reached by directories alone
	 * @throws GatewayException when that cannot be found out
	 */
	Optional<ObjectEntry> stat(String volume, ObjectKey key);

	/**
	 * Looks at many files as they are now, all of them in one state of the file system,
	 * which is that of the moment of the call.
	 * @param volume the volume's name
	 * @param keys keys within the volume
	 * @return those of them that are regular files and are reached by directories alone
	 * @throws GatewayException when that cannot be found out, or the source may lag
	 */
	Map<ObjectKey, ObjectEntry> stat(String volume, Collection<ObjectKey> keys);

	/**
	 * Whether the source may show a state that is over, as a replica does.
	 * @return {@code false} only where it is known to be what the file system writes to
	 * @throws GatewayException when that cannot be found out
	 */
	boolean mayLag();

	/**
	 * One picture of a volume, page after page.
	 */
	interface Listing extends AutoCloseable {

		/**
		 * Reads on.
		 * @return the next page in key order, with a token only where another follows;
		 * {@link ListingPage#linked()} names the links themselves and files of other
		 * kinds
		 * @throws GatewayException when it cannot be read to its end: the pages before
		 * are then half a picture
		 */
		ListingPage next();

		/** Gives the picture up; repeating it has no effect. */
		@Override
		void close();

	}

}
