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
 * {@link GatewayException} when the gateway cannot be reached, refuses or returns an
 * invalid answer, and no other exception for external causes. Temporary failures have
 * already been retried when it is thrown.
 */
public interface DumpBucket {

	/**
	 * Returns the volume's name.
	 * @return the bucket, or the first path segment in the layout {@code directories}
	 */
	String volume();

	/**
	 * Returns one page of a listing of everything with a prefix, in key order. Empty
	 * directories are listed as {@code name/} with size 0, but not always below their own
	 * name: see {@link #hasDirectory(ObjectKey)}.
	 * @param prefix what the names start with; the empty string for the whole volume
	 * @param continuation {@link ListingPage#next()} of the previous page, {@code null}
	 * for the first. Use a token at once: after about ten seconds the gateway has to read
	 * the directory again for it.
	 * @return the page; an empty last page if nothing matches
	 */
	ListingPage list(String prefix, @Nullable String continuation);

	/**
	 * Returns whether a directory exists, empty or not. A HEAD request for it returns 404
	 * unless it was made by a PUT, and a listing below it contains nothing when it is
	 * empty and a pod made it: only its parent's listing contains it.
	 * @param directory its key, with a trailing slash
	 * @return {@code true} if the gateway lists it
	 */
	boolean hasDirectory(ObjectKey directory);

	/**
	 * Returns one object (HEAD).
	 * @param key the object
	 * @return its current state, or empty when the gateway returns 404
	 */
	Optional<ObjectEntry> stat(ObjectKey key);

	/**
	 * Reads the start of one object.
	 * @param key the object
	 * @param limit the maximum number of bytes, at least 1
	 * @return its first bytes, or empty when the gateway returns 404
	 */
	default Optional<byte[]> read(ObjectKey key, int limit) {
		return read(key, 0, limit);
	}

	/**
	 * Reads a range of one object.
	 * @param key the object
	 * @param offset the first byte, 0 or more
	 * @param limit the maximum number of bytes, at least 1
	 * @return the bytes, fewer at the end of the object (none after it) or when JuiceFS
	 * has not uploaded them yet; empty when the gateway returns 404
	 */
	Optional<byte[]> read(ObjectKey key, long offset, int limit);

	/**
	 * Signs an address from which anybody can download one object, without a request to
	 * the gateway. It is valid only for the exact host and port of the public endpoint.
	 * If links are detected ({@link PathTrust#CHECKED}), a key that is not a file of the
	 * volume itself is refused as {@link GatewayException.Kind#NOT_FOUND}.
	 * @param key the object, otherwise whether or not it exists
	 * @param validity how long the address is valid, 1 s to 7 d
	 * @return the address; treat it as a secret
	 */
	URI presign(ObjectKey key, Duration validity);

	/**
	 * Writes a small object, replacing an existing one. What the gateway creates belongs
	 * to root: directories with mode 0755, files with 0644.
	 * @param key the object; a trailing slash makes a directory
	 * @param content its bytes
	 */
	void put(ObjectKey key, byte[] content);

	/**
	 * Requests the deletion of one object. The gateway reports success even if the object
	 * stays; verify with {@link #stat}. Emptied parent directories are removed too.
	 * @param key the object; with a trailing slash, an empty directory
	 */
	void delete(ObjectKey key);

	/**
	 * Returns whether the keys directly in a directory may be deleted in bulk. JuiceFS
	 * 1.4 also deletes {@code B/D} inside bucket B when it bulk-deletes {@code D/k} there
	 * (juicefs issue 7426), so if such a key exists, keys have to be deleted one by one.
	 * @param directory the directory as {@link ObjectKey#directory()} returns it
	 * @return {@code false} if a bulk delete could affect another object
	 */
	boolean mayDeleteInBulk(String directory);

	/**
	 * Requests the deletion of many objects in one call.
	 * @param keys 1 to 1000 keys, no directories, of directories in which bulk deletes
	 * are allowed
	 * @return the gateway's claim; verify with {@link #stat}
	 */
	BulkAnswer deleteAll(List<ObjectKey> keys);

	/**
	 * Returns what the store keeps of the objects that are deleted here.
	 * @return {@link Versioning#NONE} if it does not know the question, as JuiceFS
	 */
	default Versioning versioning() {
		return Versioning.NONE;
	}

	/**
	 * Finds the keys that are reached through a symbolic link or are not regular files.
	 * @param keys any keys
	 * @return those of them; none unless paths are {@link PathTrust#CHECKED}
	 */
	default Set<ObjectKey> reachedByLink(Collection<ObjectKey> keys) {
		return Set.of();
	}

	/**
	 * Returns whether two files belong to the same user of the file system.
	 * @param one a file
	 * @param other another
	 * @return {@code false} only if the metadata shows different owners; {@code true}
	 * also if nothing is known
	 */
	default boolean haveOneOwner(ObjectKey one, ObjectKey other) {
		return true;
	}

}
