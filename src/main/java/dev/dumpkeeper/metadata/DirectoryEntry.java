package dev.dumpkeeper.metadata;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.dumpkeeper.gateway.ObjectEntry;

/**
 * A name in a directory and what it stands for, as JuiceFS stores both.
 *
 * @param name its bytes, which need not be UTF-8
 * @param type 1 file, 2 directory, 3 symbolic link, above that pipes, devices and sockets
 * @param inode the number of what it stands for
 * @param length bytes of a file
 * @param mtime microseconds since 1970
 * @param mtimeNanos nanoseconds below {@code mtime}, 0 to 999
 * @param atime microseconds since 1970
 */
record DirectoryEntry(byte[] name, int type, long inode, long length, long mtime, int mtimeNanos, long atime) {

	private static final int FILE = 1;

	private static final int DIRECTORY = 2;

	private static final long MICROS = 1_000_000;

	/** Of the first instant that has a year of five digits. */
	private static final long FAR = 253_402_300_800L;

	boolean isFile() {
		return this.type == FILE;
	}

	boolean isDirectory() {
		return this.type == DIRECTORY;
	}

	/**
	 * Whether the directory was made by an S3 PUT: the gateway marks those by a time of
	 * access in 1970, and lists them by a key of their own, empty or not.
	 */
	boolean isMarked() {
		return this.atime >= 0 && this.atime < 1000;
	}

	/**
	 * The name as the gateway's listing shows it: what is not UTF-8 is replaced, and so
	 * cannot be sent back. A slash can only be in a name of a database that is broken.
	 */
	String text() {
		String text = new String(this.name, StandardCharsets.UTF_8);
		return (text.indexOf('/') < 0) ? text : text.replace('/', '\uFFFD');
	}

	/** As JuiceFS and its gateway compute it, to the millisecond. */
	Instant lastModified() {
		return lastModified(this.mtime, this.mtimeNanos);
	}

	static Instant lastModified(long mtime, int mtimeNanos) {
		// Go divides towards zero and keeps the rest in 32 bits without a sign, so times
		// before 1970 come out up to four seconds later than they were set.
		long nanos = (mtime % MICROS * 1000 & 0xFFFFFFFFL) + mtimeNanos;
		Instant instant = Instant.ofEpochSecond(mtime / MICROS, nanos);
		return (instant.getEpochSecond() >= FAR) ? ObjectEntry.LATEST : instant.truncatedTo(ChronoUnit.MILLIS);
	}

}
