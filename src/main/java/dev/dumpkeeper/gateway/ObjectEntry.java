package dev.dumpkeeper.gateway;

import java.time.Instant;

/**
 * An object as returned by a listing or a HEAD request.
 *
 * @param name its name within the volume, as listed: not necessarily one that may be used
 * in a request, see {@link ObjectKey#parse(String)}
 * @param size bytes, 0 or more
 * @param lastModified the file's POSIX modification time; whole seconds from a HEAD
 * request, milliseconds from a listing
 * @param inode the file's number in JuiceFS's metadata, which is never reused; 0 if the
 * gateway returned the entry
 */
public record ObjectEntry(String name, long size, Instant lastModified, long inode) {

	/**
	 * The latest time that is represented. Anybody who mounts a volume can give a file a
	 * later one, which must not abort its listing.
	 */
	public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

	/**
	 * Creates an entry that the gateway returned.
	 * @param name its name
	 * @param size bytes
	 * @param lastModified when it was last written
	 */
	public ObjectEntry(String name, long size, Instant lastModified) {
		this(name, size, lastModified, 0);
	}

	/**
	 * Returns whether the entry stands for an empty directory.
	 * @return {@code true} if the name ends with a slash
	 */
	public boolean isDirectory() {
		return this.name.endsWith("/");
	}

	/**
	 * Returns whether this is still the object that was seen earlier: same size and same
	 * second of modification, since a HEAD request returns no finer unit.
	 * @param size the size seen earlier, in bytes
	 * @param lastModified the modification time seen earlier
	 * @return {@code false} when it was written since
	 */
	public boolean isUnchangedSince(long size, Instant lastModified) {
		return this.size == size && this.lastModified.getEpochSecond() == lastModified.getEpochSecond();
	}

}
