package dev.dumpkeeper.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One volume. Keys are relative to it in either layout. Every method throws
 * {@link GatewayException} when the gateway cannot be reached, refuses or answers
 * nonsense, and no other exception for what happens outside this process. Temporary
 * failures have already been retried when it is thrown.
 */
public interface DumpBucket {

	/**
	 * The volume's name.
	 * @return the bucket, or the first path segment in the layout {@code directories}
	 */
	String volume();

	/**
	 * One page of a listing, in key order, of everything that begins with a prefix. Empty
	 * directories are listed as {@code name/} with size 0, but not always below their own
	 * name: see {@link #hasDirectory(ObjectKey)}.
	 * @param prefix what the names start with; the empty string for the whole volume
	 * @param continuation {@link ListingPage#next()} of the page before, {@code null} for
	 * the first. A token is worth its cost only at once: after about ten seconds the
	 * gateway reads the directory anew for it.
	 * @return the page; an empty last page where nothing is there
	 */
	ListingPage list(String prefix, @Nullable String continuation);

	/**
	 * Whether a directory is there, empty or not. A HEAD of it says 404 unless it was
	 * made by a PUT, and so does a listing below it when it is empty and a pod made it:
	 * only its parent's listing tells.
	 * @param directory its key, with a trailing slash
	 * @return {@code true} where the gateway lists it
	 */
	boolean hasDirectory(ObjectKey directory);

	/**
	 * Looks at one object (HEAD).
	 * @param key the object
	 * @return what is there now, or empty when the gateway says 404
	 */
	Optional<ObjectEntry> stat(ObjectKey key);

	/**
	 * Reads the front of one object.
	 * @param key the object
	 * @param limit how many bytes at most, at least 1
	 * @return its first bytes, or empty when the gateway says 404
	 */
	default Optional<byte[]> read(ObjectKey key, int limit) {
		return read(key, 0, limit);
	}

	/**
	 * Reads a range of one object.
	 * @param key the object
	 * @param offset the first byte, 0 or more
	 * @param limit how many bytes at most, at least 1
	 * @return the bytes, fewer where the object ends (none behind its end) or where
	 * JuiceFS has not uploaded them yet; empty when the gateway says 404
	 */
	Optional<byte[]> read(ObjectKey key, long offset, int limit);

	/**
	 * Signs an address from which anybody can download one object, without a call to the
	 * gateway. It is made for the public endpoint and holds only for exactly that host
	 * and port. Where links are told ({@link PathTrust#CHECKED}) a key that is not a file
	 * of the volume itself is refused as {@link GatewayException.Kind#NOT_FOUND}.
	 * @param key the object, otherwise whether or not it exists
	 * @param validity how long the address holds, 1 s to 7 d
	 * @return the address; treat it as a secret
	 */
	URI presign(ObjectKey key, Duration validity);

	/**
	 * Writes a small object, replacing what is there. What the gateway creates belongs to
	 * root: directories with mode 0755, files with 0644.
	 * @param key the object; a trailing slash makes a directory
	 * @param content its bytes
	 */
	void put(ObjectKey key, byte[] content);

	/**
	 * Asks for the deletion of one object. The gateway says yes also where the object
	 * stays; {@link #stat} tells. Emptied parent directories go with it.
	 * @param key the object; with a trailing slash, a directory that is empty
	 */
	void delete(ObjectKey key);

	/**
	 * Whether the keys directly in a directory may be deleted in bulk. JuiceFS 1.4 also
	 * deletes {@code B/D} inside bucket B when it bulk-deletes {@code D/k} there (juicefs
	 * issue 7426), so where such a key exists, keys have to go singly.
	 * @param directory the directory as {@link ObjectKey#directory()} gives it
	 * @return {@code false} where a bulk delete could reach something else
	 */
	boolean mayDeleteInBulk(String directory);

	/**
	 * Asks for the deletion of many objects in one call.
	 * @param keys 1 to 1000 keys, no directories, of directories in which bulk deletes
	 * are allowed
	 * @return what the gateway said; {@link #stat} tells the truth
	 */
	BulkAnswer deleteAll(List<ObjectKey> keys);

	/**
	 * Finds the keys that lead through a symbolic link, or to no regular file.
	 * @param keys any keys
	 * @return those of them; none unless paths are {@link PathTrust#CHECKED}
	 */
	default Set<ObjectKey> reachedByLink(Collection<ObjectKey> keys) {
		return Set.of();
	}

	/**
	 * Whether two files belong to one user of the file system.
	 * @param one a file
	 * @param other another
	 * @return {@code false} only where metadata says that they do not; {@code true} also
	 * where nothing is known
	 */
	default boolean haveOneOwner(ObjectKey one, ObjectKey other) {
		return true;
	}

}
