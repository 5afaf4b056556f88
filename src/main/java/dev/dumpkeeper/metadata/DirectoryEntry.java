package dev.dumpkeeper.metadata;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.dumpkeeper.gateway.ObjectEntry;

/**
 * An entry of a directory, as stored by JuiceFS.
 *
 * @param name its bytes, which need not be UTF-8
 * @param type 1 file, 2 directory, 3 symbolic link, higher numbers for pipes, devices and
 * sockets
 * @param inode the number of the file or directory
 * @param length size of a file in bytes
 * @param mtime microseconds since 1970
 * @param mtimeNanos nanoseconds below {@code mtime}, 0 to 999
 * @param atime microseconds since 1970
 */
record DirectoryEntry(byte[] name, int type, long inode, long length, long mtime, int mtimeNanos, long atime) {

	private static final int FILE = 1;

	private static final int DIRECTORY = 2;

	private static final long MICROS = 1_000_000;

	/** The first second of the year 10000. */
	private static final long FAR = 253_402_300_800L;

	boolean isFile() {
		return this.type == FILE;
	}

	boolean isDirectory() {
		return this.type == DIRECTORY;
	}

	/**
	 * Whether the directory was made by an S3 PUT: the gateway marks those by a time of
	 * access in 1970, and lists them under a key of their own, empty or not.
	 */
	boolean isMarked() {
		return this.atime >= 0 && this.atime < 1000;
	}

	/**
	 * Returns the name as the gateway lists it: invalid UTF-8 is replaced, so that such a
	 * name cannot be used in a request. Only a damaged database contains a name with a
	 * slash.
	 */
	String text() {
		String text = new String(this.name, StandardCharsets.UTF_8);
		return (text.indexOf('/') < 0) ? text : text.replace('/', '\uFFFD');
	}

	/** Computed as JuiceFS and its gateway do, in milliseconds. */
	Instant lastModified() {
		return lastModified(this.mtime, this.mtimeNanos);
	}

	static Instant lastModified(long mtime, int mtimeNanos) {
		// Go divides towards zero and keeps the rest in 32 bits without a sign, so times
		// before 1970 are up to four seconds later than they were set.
		long nanos = (mtime % MICROS * 1000 & 0xFFFFFFFFL) + mtimeNanos;
		Instant instant = Instant.ofEpochSecond(mtime / MICROS, nanos);
		return (instant.getEpochSecond() >= FAR) ? ObjectEntry.LATEST : instant.truncatedTo(ChronoUnit.MILLIS);
	}

}
