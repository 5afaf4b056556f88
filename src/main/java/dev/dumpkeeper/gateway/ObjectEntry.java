package dev.dumpkeeper.gateway;

import java.time.Instant;

/**
 * An object as a listing or a HEAD shows it.
 *
 * @param name its name within the volume, as listed: not necessarily one that may be sent
 * back, see {@link ObjectKey#parse(String)}
 * @param size bytes, 0 or more
 * @param lastModified the file's POSIX modification time; whole seconds from a HEAD,
 * milliseconds from a listing
 * @param inode the file's number in JuiceFS's metadata, which is never given to another;
 * 0 where the gateway said what there is
 */
public record ObjectEntry(String name, long size, Instant lastModified, long inode) {

	/**
	 * The latest time that is told apart. Anybody who mounts a volume can give a file a
	 * later one, and must not stop its listing with it.
	 */
	public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

	/**
	 * Describes an object as the gateway shows it.
	 * @param name its name
	 * @param size bytes
	 * @param lastModified when it was written
	 */
	public ObjectEntry(String name, long size, Instant lastModified) {
		this(name, size, lastModified, 0);
	}

	/**
	 * Whether the entry stands for an empty directory.
	 * @return {@code true} where the name ends with a slash
	 */
	public boolean isDirectory() {
		return this.name.endsWith("/");
	}

	/**
	 * Whether this is still the object that was seen earlier: same size and same second
	 * of modification (a HEAD has no finer one).
	 * @param size the size seen earlier, in bytes
	 * @param lastModified the modification time seen earlier
	 * @return {@code false} when it was written since
	 */
	public boolean isUnchangedSince(long size, Instant lastModified) {
		return this.size == size && this.lastModified.getEpochSecond() == lastModified.getEpochSecond();
	}

}
